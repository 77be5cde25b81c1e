import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { driftReport } from "../../../provider/cli/drift/report-schema.js";
import { attributed, HOSTILE, hostile, remediated, report, sample } from "./reports.js";

const PUBLISHED = path.resolve(__dirname, "../../../docs/drift-report.schema.json");

describe("the published JSON Schema", () => {
  const validate = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(PUBLISHED, "utf8")) as object,
  );

  it.each([
    ["with each finding", sample()],
    ["with each answer to who changed a setting", attributed()],
    ["with each result of a remediation", remediated()],
    ["without stacks", report()],
    ["with hostile texts", hostile(HOSTILE.join(" "))],
  ])("accepts a report %s, as the schema in the code does", (_, given) => {
    const json = JSON.parse(JSON.stringify(given)) as unknown;
    expect({ holds: validate(json), errors: validate.errors }).toEqual({
      holds: true,
      errors: null,
    });
    expect(driftReport.strict().parse(json)).toEqual(json);
  });

  it("accepts fields that a later release may add", () => {
    expect(validate({ ...sample(), later: true })).toBe(true);
  });

  it.each([
    ["another version", { ...sample(), version: 1 }],
    ["no stacks", { ...sample(), stacks: undefined }],
    ["a negative count", { ...sample(), summary: { ...sample().summary, failed: -1 } }],
  ])("rejects %s", (_, given) => {
    expect(validate(JSON.parse(JSON.stringify(given)))).toBe(false);
  });
});
