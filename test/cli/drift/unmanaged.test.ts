import { connect } from "../../../provider/cloudflare/connect.js";
import type { CheckedStack } from "../../../provider/cli/drift/check.js";
import { withUnmanaged } from "../../../provider/cli/drift/unmanaged.js";
import {
  dohSettingsType,
  organizationType,
  type ResourceType,
} from "../../../provider/registry.js";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";
import { useCommandFixture } from "../run-command.js";
import { resource, stack } from "./reports.js";

describe("withUnmanaged", () => {
  const fixture = useCommandFixture();
  beforeEach(() =>
    fixture.emulator.seed("accounts", ACCOUNT, {
      name: "Widget Corp",
      auth_domain: "team.cloudflareaccess.com",
      session_duration: "12h",
      deny_unmatched_requests: true,
      login_design: { header_text: "Widget Corp", footer_text: "Help", theme: "dark" },
      new_thing: "on",
    }),
  );

  function checked(
    declared: object,
    {
      id = `accounts/${ACCOUNT}`,
      notFound = false,
      type = organizationType,
    }: { id?: string; notFound?: boolean; type?: ResourceType } = {},
  ): CheckedStack {
    const checkedResource = {
      type,
      declared: { ...declared },
      drifted: notFound,
      report: resource({ id, notFound }),
    };
    return { dir: ".", resources: [checkedResource], report: stack("prod") };
  }

  async function reportsOf(...stacks: readonly CheckedStack[]) {
    const client = await connect(
      () => undefined,
      () => undefined,
    );
    return (await withUnmanaged(stacks, client)).map(({ report }) => report);
  }

  it("lists each live setting that is not declared, risky settings first", async () => {
    const [report] = await reportsOf(
      checked({ sessionDuration: "12h", loginDesign: { headerText: "Widget Corp" } }),
    );
    expect(report?.resources[0]?.unmanaged).toEqual([
      {
        setting: "authDomain",
        live: "team.cloudflareaccess.com",
        risk: "if changed, every login URL changes, and all sessions end",
      },
      {
        setting: "denyUnmatchedRequests",
        live: true,
        risk: "if switched off, requests to hosts that no Access application covers are no longer blocked",
      },
      { setting: "name", live: "Widget Corp" },
      { setting: "loginDesign.footerText", live: "Help" },
      { setting: "loginDesign.theme", live: "dark" },
      { setting: "additionalSettings.new_thing", live: "on" },
    ]);
  });

  it("omits settings that another stack declares for the same account", async () => {
    const [report] = await reportsOf(
      checked({ name: "Widget Corp", authDomain: "team.cloudflareaccess.com" }),
      checked({ denyUnmatchedRequests: true, sessionDuration: "12h" }),
    );
    expect(report?.resources[0]?.unmanaged?.map(({ setting }) => setting)).toEqual([
      "loginDesign.footerText",
      "loginDesign.headerText",
      "loginDesign.theme",
      "additionalSettings.new_thing",
    ]);
  });

  it("omits a resource without unmanaged settings, and the default of a setting", async () => {
    fixture.emulator.seedDoh(ACCOUNT, { doh_jwt_duration: "24h" });
    for (const declared of [{ dohJwtDuration: "24h" }, { serviceTokenId: "" }])
      expect(await reportsOf(checked(declared, { type: dohSettingsType }))).toEqual([
        stack("prod"),
      ]);
  });

  it("omits settings that a zone does not accept", async () => {
    fixture.emulator.seed("zones", ZONE, {
      name: "Widget Corp",
      auth_domain: "zone.cloudflareaccess.com",
      session_duration: "12h",
      warp_auth_session_duration: "24h",
    });
    const [report] = await reportsOf(checked({ name: "Widget Corp" }, { id: `zones/${ZONE}` }));
    expect(report?.resources[0]?.unmanaged?.map(({ setting }) => setting)).toEqual(["authDomain"]);
  });

  it("does not read an object that was not found", async () => {
    fixture.emulator.clearRequests();
    await reportsOf(checked({ sessionDuration: "12h" }, { notFound: true }));
    expect(fixture.emulator.requests).toEqual([]);
  });

  it("marks a stack as failed if its live object cannot be read, and continues with others", async () => {
    fixture.emulator.seed("accounts", OTHER_ACCOUNT);
    fixture.emulator.fault({
      path: `/accounts/${OTHER_ACCOUNT}/access/organizations`,
      status: 403,
    });
    const [failed, fine] = await reportsOf(
      checked({ sessionDuration: "12h" }, { id: `accounts/${OTHER_ACCOUNT}` }),
      checked({ sessionDuration: "12h" }),
    );
    expect(failed).toMatchObject({
      status: "failed",
      error: expect.stringContaining("403") as string,
    });
    expect(fine?.status).toBe("clean");
    expect(fine?.resources[0]?.unmanaged).toHaveLength(7);
  });
});
