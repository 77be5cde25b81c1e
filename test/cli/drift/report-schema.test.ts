import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { attributed, remediated, sample } from "./reports.js";

const PUBLISHED = path.resolve(__dirname, "../../../docs/drift-report.schema.json");

describe("the published JSON Schema", () => {
  const validate = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(PUBLISHED, "utf8")) as object,
  );

  it.each([
    ["a report with each finding", sample()],
    ["a report with each answer to who changed a setting", attributed()],
    ["a report with each result of a remediation", remediated()],
    ["fields that a later release may add", { ...sample(), later: true }],
  ])("accepts %s", (_, given) => {
    validate(JSON.parse(JSON.stringify(given)));
    expect(validate.errors).toBeNull();
  });

  it("rejects a report of another version", () => {
    expect(validate({ ...sample(), version: 1 })).toBe(false);
  });
});
