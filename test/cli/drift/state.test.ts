import { putBack, type ExportedState } from "../../../provider/cli/drift/state.js";

const stateOf = (...resources: { urn: string; inputs: object; outputs?: object }[]) =>
  ({ version: 3, deployment: { manifest: { time: "now" }, resources } }) satisfies ExportedState;

const stated = { sessionDuration: "12h" };
const live = { sessionDuration: "48h" };

describe("putting back into state what a failed repair left in it", () => {
  const before = stateOf(
    { urn: "other", inputs: { name: "before" } },
    { urn: "first", inputs: stated, outputs: stated },
    { urn: "second", inputs: stated, outputs: stated },
  );

  it("takes live values out again, and nothing else", () => {
    const present = stateOf(
      { urn: "other", inputs: { name: "changed meanwhile" } },
      { urn: "first", inputs: live, outputs: live },
      { urn: "new", inputs: {} },
      { urn: "second", inputs: stated, outputs: { ...stated, updatedAt: "now" } },
    );
    expect(putBack(present, before, ["first", "second"])).toEqual(
      stateOf(
        { urn: "other", inputs: { name: "changed meanwhile" } },
        { urn: "first", inputs: stated, outputs: stated },
        { urn: "new", inputs: {} },
        { urn: "second", inputs: stated, outputs: { ...stated, updatedAt: "now" } },
      ),
    );
  });

  it("brings back what the refresh dropped", () => {
    const present = stateOf({ urn: "other", inputs: { name: "before" } });
    expect(putBack(present, before, ["second"])).toEqual(
      stateOf(
        { urn: "other", inputs: { name: "before" } },
        { urn: "second", inputs: stated, outputs: stated },
      ),
    );
  });

  it("has nothing to do where the inputs are as before, whatever else is new", () => {
    const repaired = { inputs: { ...stated }, outputs: { ...stated, updatedAt: "now" } };
    const present = stateOf({ urn: "first", ...repaired }, { urn: "second", ...repaired });
    expect(putBack(present, before, ["first", "second"])).toBeUndefined();
  });
});
