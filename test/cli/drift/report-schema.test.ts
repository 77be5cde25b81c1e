import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { driftReport } from "../../../provider/cli/drift/report-schema.js";
import { HOSTILE, hostile, report, sample } from "./reports.js";

const PUBLISHED = path.resolve(__dirname, "../../../docs/drift-report.schema.json");

describe("the published JSON Schema", () => {
  const validate = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(PUBLISHED, "utf8")) as object,
  );

  it.each([
    ["with one of everything", sample()],
    ["of no stack", report()],
    ["with hostile texts", hostile(HOSTILE.join(" "))],
  ])("holds for a report %s, and so does the schema in the code", (_, given) => {
    const json = JSON.parse(JSON.stringify(given)) as unknown;
    expect({ holds: validate(json), errors: validate.errors }).toEqual({
      holds: true,
      errors: null,
    });
    expect(driftReport.strict().parse(json)).toEqual(json);
  });

  it("lets fields pass that a later release adds", () => {
    expect(validate({ ...sample(), later: true })).toBe(true);
  });

  it.each([
    ["another version", { ...sample(), version: 2 }],
    ["no stacks", { ...sample(), stacks: undefined }],
    ["a negative count", { ...sample(), summary: { ...sample().summary, failed: -1 } }],
  ])("does not hold for %s", (_, given) => {
    expect(validate(JSON.parse(JSON.stringify(given)))).toBe(false);
  });
});
