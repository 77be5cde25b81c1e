import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { resourceOf } from "../../../provider/cli/drift/events.js";
import { ACCOUNT } from "../../ids.js";

const TYPE = "pulumi-nodejs:dynamic/zerotrust:Organization";
const URN = `urn:pulumi:prod::accounts::${TYPE}::organization`;

interface Step {
  readonly op?: OpType;
  readonly type?: string;
  readonly stated: object;
  readonly live?: object;
  readonly changed?: readonly string[];
  readonly outputs?: object;
}

/** An event as the engine sends it once it has refreshed a resource. */
function refreshed({
  op = "update",
  type = TYPE,
  stated,
  live,
  changed,
  outputs,
}: Step): EngineEvent {
  const state = (inputs: object, more: object = {}) => ({
    type,
    urn: URN,
    id: `accounts/${ACCOUNT}`,
    parent: "",
    provider: "",
    inputs,
    outputs: more,
  });
  const details = (changed ?? []).map((key) => [key, { diffKind: "update", inputDiff: true }]);
  return {
    sequence: 1,
    timestamp: 0,
    resOutputsEvent: {
      planning: true,
      metadata: {
        op,
        urn: URN,
        type,
        provider: "",
        old: state(stated),
        ...(live === undefined ? {} : { new: state(live, outputs) }),
        ...(changed === undefined ? {} : { detailedDiff: Object.fromEntries(details) as object }),
      } as StepEventMetadata,
    },
  };
}

describe("an engine's event of a refreshed resource", () => {
  it("tells each setting that drifted, stated and live, dangerous ones first", () => {
    const found = resourceOf(
      refreshed({
        stated: {
          accountId: ACCOUNT,
          sessionDuration: "12h",
          denyUnmatchedRequests: true,
          loginDesign: { headerText: "Widget Corp", footerText: "Help" },
        },
        live: {
          accountId: ACCOUNT,
          sessionDuration: "48h",
          denyUnmatchedRequests: false,
          loginDesign: { headerText: "", footerText: "Help" },
        },
        changed: ["sessionDuration", "denyUnmatchedRequests", "loginDesign.headerText"],
        outputs: { updatedAt: "2026-11-21T22:05:41Z" },
      }),
    );
    expect(found).toMatchObject({ drifted: true });
    expect(found?.report).toEqual({
      urn: URN,
      name: "organization",
      id: `accounts/${ACCOUNT}`,
      gone: false,
      changedAt: "2026-11-21T22:05:41Z",
      settings: [
        {
          setting: "denyUnmatchedRequests",
          stated: true,
          live: false,
          danger: "requests to hosts that no Access application covers will get through",
        },
        { setting: "loginDesign.headerText", stated: "Widget Corp", live: null },
        { setting: "sessionDuration", stated: "12h", live: "48h" },
      ],
    });
  });

  it("tells a list as a whole, whichever of its items changed", () => {
    const found = resourceOf(
      refreshed({
        stated: { mfaConfig: { allowedAuthenticators: ["totp"] } },
        live: { mfaConfig: { allowedAuthenticators: ["totp", "biometrics"] } },
        changed: ["mfaConfig.allowedAuthenticators[1]"],
      }),
    );
    expect(found?.report.settings).toEqual([
      {
        setting: "mfaConfig.allowedAuthenticators",
        stated: ["totp"],
        live: ["totp", "biometrics"],
      },
    ]);
  });

  it("tells the members of an object that changed as a whole", () => {
    const found = resourceOf(
      refreshed({
        stated: { loginDesign: { headerText: "Widget Corp" } },
        live: { loginDesign: { headerText: "Other" } },
        changed: ["loginDesign"],
      }),
    );
    expect(found?.report.settings).toEqual([
      { setting: "loginDesign.headerText", stated: "Widget Corp", live: "Other" },
    ]);
  });

  it("tells a secret that drifted without its value", () => {
    const found = resourceOf(
      refreshed({
        stated: { sessionDuration: { ciphertext: "[secret]" } },
        live: { sessionDuration: { ciphertext: "[secret]" } },
        changed: ["sessionDuration"],
      }),
    );
    expect(found?.report.settings).toEqual([
      { setting: "sessionDuration", stated: "[secret]", live: "[secret]" },
    ]);
  });

  it("tells an object that is gone", () => {
    const found = resourceOf(refreshed({ op: "delete", stated: { sessionDuration: "12h" } }));
    expect(found).toMatchObject({ drifted: true, report: { gone: true, settings: [] } });
  });

  it("is no drift where nothing changed", () => {
    const stated = { sessionDuration: "12h" };
    const found = resourceOf(refreshed({ op: "same", stated, live: stated }));
    expect(found).toMatchObject({ drifted: false, stated, report: { gone: false, settings: [] } });
  });

  it("is nothing where it is of another package", () => {
    const other = { type: "random:index:RandomPet", stated: {}, live: {}, changed: ["length"] };
    expect(resourceOf(refreshed(other))).toBeUndefined();
  });

  it("is nothing where it is about something else", () => {
    const sequence = { sequence: 1, timestamp: 0 };
    expect(resourceOf({ ...sequence, preludeEvent: { config: {} } })).toBeUndefined();
    const { resOutputsEvent } = refreshed({ stated: {}, live: {} });
    if (resOutputsEvent === undefined) throw new Error("There is no event.");
    const { old, ...added } = resOutputsEvent.metadata;
    expect(old).toBeDefined();
    expect(
      resourceOf({
        ...sequence,
        resOutputsEvent: { metadata: added },
      }),
    ).toBeUndefined();
  });
});
