import { restoreEntries, type ExportedState } from "../../../provider/cli/drift/stack-state.js";

type Entry = NonNullable<ExportedState["deployment"]["resources"]>[number];

const stateOf = (...resources: Entry[]) =>
  ({ version: 3, deployment: { manifest: { time: "now" }, resources } }) satisfies ExportedState;

const declared = { sessionDuration: "12h" };
const live = { sessionDuration: "48h" };
const FIRST = { urn: "first", inputs: declared, outputs: declared };
const FAILED = { ...FIRST, initErrors: ["PUT may have been applied"] };
const SECOND = { urn: "second", inputs: declared, outputs: declared };
const BEFORE = stateOf({ urn: "other", inputs: { name: "before" } }, FIRST, SECOND);

describe("restoreEntries", () => {
  it("restores entries with live values in place, and keeps all other entries", () => {
    const present = stateOf(
      { urn: "other", inputs: { name: "changed since" } },
      { urn: "first", inputs: live, outputs: live },
      { urn: "new", inputs: {} },
      { ...SECOND, outputs: { ...declared, updatedAt: "now" } },
    );
    expect(restoreEntries(present, BEFORE, ["first", "second"])).toEqual(
      stateOf(
        { urn: "other", inputs: { name: "changed since" } },
        FIRST,
        { urn: "new", inputs: {} },
        { ...SECOND, outputs: { ...declared, updatedAt: "now" } },
      ),
    );
  });

  it("restores the live entry, not the pending deletion with the same URN", () => {
    const pending = { urn: "first", delete: true, inputs: { sessionDuration: "6h" } };
    const present = stateOf({ urn: "first", inputs: live, outputs: live }, pending);
    expect(restoreEntries(present, stateOf(FIRST, pending), ["first"])).toEqual(
      stateOf(FIRST, pending),
    );
  });

  it("restores an entry that the refresh removed, before the entries that may depend on it", () => {
    const present = stateOf({ urn: "other", inputs: {} }, SECOND, { urn: "new", inputs: {} });
    expect(restoreEntries(present, BEFORE, ["first"])).toEqual(
      stateOf({ urn: "other", inputs: {} }, FIRST, SECOND, { urn: "new", inputs: {} }),
    );
  });

  it.each([
    [
      "an entry whose failed update removed the output of a setting",
      { ...FIRST, outputs: {} },
      FIRST,
    ],
    ["an entry to which a failed update added an init error", FAILED, FIRST],
    ["an init error that the refresh removed", FIRST, FAILED],
  ])("restores %s", (_, present, before) => {
    expect(restoreEntries(stateOf(present), stateOf(before), ["first"])).toEqual(stateOf(before));
  });

  it("returns undefined if only computed outputs changed", () => {
    const updated = { outputs: { ...declared, updatedAt: "now" } };
    const present = stateOf({ ...FIRST, ...updated }, { ...SECOND, ...updated });
    expect(restoreEntries(present, BEFORE, ["first", "second"])).toBeUndefined();
  });
});
