import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { refreshedResource } from "../../../provider/cli/drift/engine-events.js";
import { organizationType } from "../../../provider/registry.js";
import { EXTERNAL } from "../../../provider/schema/state-contract.js";
import { ACCOUNT } from "../../ids.js";

const TYPE = "pulumi-nodejs:dynamic/zerotrust:Organization";
const URN = `urn:pulumi:prod::accounts::${TYPE}::organization`;

interface Step {
  readonly op?: OpType;
  readonly type?: string;
  readonly declared: object;
  readonly live?: object;
  readonly changed?: readonly string[];
  readonly outputs?: object;
  /** More of the old state; null if there is none. */
  readonly old?: object | null;
}

/** An event that the engine sends after it has refreshed a resource. */
function refreshed(step: Step): EngineEvent {
  const { op = "update", type = TYPE, declared, live, changed, outputs, old } = step;
  const state = (inputs: object, more: object = {}) => ({
    type,
    urn: URN,
    id: `accounts/${ACCOUNT}`,
    parent: "",
    provider: "",
    inputs,
    outputs: more,
  });
  const details = changed?.map((key) => [key, { diffKind: "update", inputDiff: true }]);
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
        ...(old !== null && { old: { ...state(declared), ...old } }),
        ...(live && { new: state(live, outputs) }),
        ...(details && { detailedDiff: Object.fromEntries(details) as object }),
      } as StepEventMetadata,
    },
  };
}

describe("refreshedResource", () => {
  it("reports the declared and the live value of each drifted setting, risky settings first", () => {
    const found = refreshedResource(
      refreshed({
        declared: {
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
      notFound: false,
      changedAt: "2026-11-21T22:05:41Z",
      settings: [
        {
          setting: "denyUnmatchedRequests",
          declared: true,
          live: false,
          risk: "Requests to hosts that no Access application covers are no longer blocked",
        },
        {
          setting: "sessionDuration",
          declared: "12h",
          live: "48h",
          risk: "Logins stay valid for longer",
        },
        { setting: "loginDesign.headerText", declared: "Widget Corp", live: null },
      ],
    });
  });

  it.each<[string, Step, object]>([
    [
      "a whole list if one of its items changed",
      {
        declared: { mfaConfig: { allowedAuthenticators: ["totp"] } },
        live: { mfaConfig: { allowedAuthenticators: ["totp", "biometrics"] } },
        changed: ["mfaConfig.allowedAuthenticators[1]"],
      },
      {
        setting: "mfaConfig.allowedAuthenticators",
        declared: ["totp"],
        live: ["totp", "biometrics"],
        risk: "Users can enroll the added kinds of authenticators",
      },
    ],
    [
      "the properties of an object that the engine reports as a whole",
      {
        declared: { loginDesign: { headerText: "Widget Corp" } },
        live: { loginDesign: { headerText: "Other" } },
        changed: ["loginDesign"],
      },
      { setting: "loginDesign.headerText", declared: "Widget Corp", live: "Other" },
    ],
    [
      "a drifted secret without its value",
      {
        declared: { sessionDuration: { ciphertext: "[secret]" } },
        live: { sessionDuration: { ciphertext: "[secret]" } },
        changed: ["sessionDuration"],
      },
      { setting: "sessionDuration", declared: "[secret]", live: "[secret]" },
    ],
  ])("reports %s", (_, step, drift) => {
    expect(refreshedResource(refreshed(step))?.report.settings).toEqual([drift]);
  });

  it("reports an object that was not found", () => {
    const step = refreshed({ op: "delete", declared: { sessionDuration: "12h" } });
    expect(refreshedResource(step)).toMatchObject({
      drifted: true,
      report: { notFound: true, settings: [] },
    });
  });

  it("returns the type and the last deployed values of a resource, and no drift if nothing changed", () => {
    const declared = { sessionDuration: "12h" };
    const found = refreshedResource(refreshed({ op: "same", declared, live: declared }));
    expect(found).toMatchObject({
      type: organizationType,
      drifted: false,
      declared,
      report: { notFound: false, settings: [] },
    });
  });

  it("omits when DoH settings last changed, because that is when the service token changed", () => {
    const found = refreshedResource(
      refreshed({
        type: "pulumi-nodejs:dynamic/zerotrust:DohSettings",
        declared: { dohJwtDuration: "24h" },
        live: { dohJwtDuration: "48h" },
        changed: ["dohJwtDuration"],
        outputs: { updatedAt: "2026-11-21T22:05:41Z" },
      }),
    );
    expect(found?.report).not.toHaveProperty("changedAt");
  });

  it.each<[string, Partial<Step>]>([
    ["a pending deletion, which has the URN of the live resource", { old: { delete: true } }],
    ["a resource that is only read", { old: { outputs: { [EXTERNAL]: true } } }],
    ["a resource of another package", { type: "random:index:RandomPet" }],
    ["a resource that the program adds", { old: null }],
  ])("ignores %s", (_, change) => {
    const step = { declared: { name: "a" }, live: { name: "b" }, changed: ["name"], ...change };
    expect(refreshedResource(refreshed(step))).toBeUndefined();
  });

  it("ignores other events", () => {
    const event = { sequence: 1, timestamp: 0, preludeEvent: { config: {} } };
    expect(refreshedResource(event)).toBeUndefined();
  });
});
