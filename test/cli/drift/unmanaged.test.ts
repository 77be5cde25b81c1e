import { startEmulator, type Emulator } from "../../../emulator/index.js";
import { connect } from "../../../provider/cloudflare/connect.js";
import type { CheckedStack } from "../../../provider/cli/drift/check.js";
import { withUnmanaged } from "../../../provider/cli/drift/unmanaged.js";
import type { Definition } from "../../../provider/schema/definition.js";
import { dohSettings } from "../../../provider/schema/doh-settings.js";
import { organization } from "../../../provider/schema/organization.js";
import { ACCOUNT, OTHER_ACCOUNT } from "../../ids.js";
import { pointCommandAt } from "../run-command.js";
import { resource, stack } from "./reports.js";

describe("what no program states", () => {
  let emulator: Emulator;
  let undo: () => void;

  beforeEach(async () => {
    emulator = await startEmulator();
    undo = pointCommandAt(emulator);
    emulator.seed("accounts", ACCOUNT, {
      name: "Widget Corp",
      auth_domain: "team.cloudflareaccess.com",
      session_duration: "12h",
      deny_unmatched_requests: true,
      login_design: { header_text: "Widget Corp", footer_text: "Help" },
      new_thing: "on",
    });
  });
  afterEach(async () => {
    undo();
    await emulator.close();
  });

  function checked(
    stated: object,
    {
      id = `accounts/${ACCOUNT}`,
      gone = false,
      definition = organization,
    }: { id?: string; gone?: boolean; definition?: Definition } = {},
  ): CheckedStack {
    const seen = {
      definition,
      stated: { ...stated },
      drifted: gone,
      report: resource({ id, gone }),
    };
    return { dir: ".", seen: [seen], report: stack("prod") };
  }

  async function look(...stacks: readonly CheckedStack[]) {
    const client = await connect(
      () => undefined,
      () => undefined,
    );
    return (await withUnmanaged(stacks, client)).map(({ report }) => report);
  }

  it("is what is set and stated nowhere, member by member, the dangerous first", async () => {
    const [report] = await look(
      checked({ sessionDuration: "12h", loginDesign: { headerText: "Widget Corp" } }),
    );
    expect(report?.resources[0]?.unmanaged).toEqual([
      {
        setting: "authDomain",
        live: "team.cloudflareaccess.com",
        danger: "if changed, every login URL changes, and all sessions end",
      },
      {
        setting: "denyUnmatchedRequests",
        live: true,
        danger:
          "if switched off, requests to hosts that no Access application covers will get through",
      },
      { setting: "name", live: "Widget Corp" },
      { setting: "loginDesign.footerText", live: "Help" },
      { setting: "additionalSettings.new_thing", live: "on" },
    ]);
  });

  it("is not what another stack states for the same account", async () => {
    const [report] = await look(
      checked({ name: "Widget Corp", authDomain: "team.cloudflareaccess.com" }),
      checked({ denyUnmatchedRequests: true, sessionDuration: "12h" }),
    );
    expect(report?.resources[0]?.unmanaged?.map(({ setting }) => setting)).toEqual([
      "loginDesign.footerText",
      "loginDesign.headerText",
      "additionalSettings.new_thing",
    ]);
  });

  it("leaves a stack clean that states all that is set", async () => {
    emulator.seedDoh(ACCOUNT, { doh_jwt_duration: "24h" });
    const doh = checked({ dohJwtDuration: "24h" }, { definition: dohSettings });
    expect(await look(doh)).toEqual([stack("prod")]);
  });

  it("is not looked for where the object is gone", async () => {
    emulator.clearRequests();
    await look(checked({ sessionDuration: "12h" }, { gone: true }));
    expect(emulator.requests).toEqual([]);
  });

  it("that can't be looked at makes its stack a failed one, and no other", async () => {
    emulator.seed("accounts", OTHER_ACCOUNT);
    emulator.fault({ path: `/accounts/${OTHER_ACCOUNT}/access/organizations`, status: 403 });
    const [failed, fine] = await look(
      checked({ sessionDuration: "12h" }, { id: `accounts/${OTHER_ACCOUNT}` }),
      checked({ sessionDuration: "12h" }),
    );
    expect(failed).toMatchObject({
      status: "failed",
      error: expect.stringContaining("403") as string,
    });
    expect(fine?.status).toBe("clean");
    expect(fine?.resources[0]?.unmanaged).toHaveLength(6);
  });
});
