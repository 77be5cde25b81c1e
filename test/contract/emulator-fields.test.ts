import { z } from "zod";
import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
import { fieldSchemas } from "../../emulator/field-schemas.js";
import {
  ACCOUNT_POST_FIELDS,
  ACCOUNT_PUT_FIELDS,
  AUTHENTICATORS,
  OUTPUT_ONLY_FIELDS,
  ZONE_OUTPUT_ONLY_FIELDS,
  ZONE_FIELDS,
} from "../../emulator/fields.js";
import { behaviorSchema } from "../../emulator/behavior.js";
import { ACCOUNT, call, ZONE } from "../emulator/calls.js";
import {
  resultFields,
  bodySchema,
  ACCOUNT_ORGANIZATION,
  ZONE_ORGANIZATION,
  operation,
  operations,
  propertiesOf,
  requestFields,
  type Operation,
  type Schema,
} from "./contract.js";
import { UNDOCUMENTED } from "./overlay.js";
import { forbidden, permitted, wholeObject } from "./sample-values.js";

// The tests send hundreds of requests, on a machine that may run other tests.
jest.setTimeout(60_000);

describe("The lists of the emulator match the contract", () => {
  const sorted = (names: readonly string[]) => [...names].sort();

  it.each([
    [`POST ${ACCOUNT_ORGANIZATION}`, ACCOUNT_POST_FIELDS],
    [`PUT ${ACCOUNT_ORGANIZATION}`, ACCOUNT_PUT_FIELDS],
    [`POST ${ZONE_ORGANIZATION}`, ZONE_FIELDS],
    [`PUT ${ZONE_ORGANIZATION}`, ZONE_FIELDS],
  ])("for the fields that %s accepts", (name, fields) => {
    expect(sorted(fields)).toEqual(requestFields(name));
  });

  it("for output-only fields", () => {
    const inSchema = OUTPUT_ONLY_FIELDS.filter((name) => !UNDOCUMENTED.includes(name));
    expect(sorted([...ACCOUNT_PUT_FIELDS, ...inSchema])).toEqual(
      resultFields(`GET ${ACCOUNT_ORGANIZATION}`),
    );
    expect(sorted([...ZONE_FIELDS, ...ZONE_OUTPUT_ONLY_FIELDS, ...inSchema])).toEqual(
      resultFields(`GET ${ZONE_ORGANIZATION}`),
    );
    expect(OUTPUT_ONLY_FIELDS).toEqual(expect.arrayContaining(UNDOCUMENTED));
  });

  it("for the members of objects", () => {
    const rules = { behavior: behaviorSchema.parse({}), newAuthenticators: new Set<string>() };
    const members = (schema: Schema) => sorted(Object.keys(propertiesOf(schema)));
    const known = Object.entries(fieldSchemas(rules)).map(([field, schema]) => [
      field,
      members(z.toJSONSchema(schema, { unrepresentable: "any" }) as Schema),
    ]);
    const listed = Object.entries(
      propertiesOf(bodySchema(operation(`PUT ${ACCOUNT_ORGANIZATION}`))),
    ).map(([field, schema]) => [field, members(schema)]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(listed));
  });

  it("for authenticators", () => {
    const { mfa_config } = propertiesOf(bodySchema(operation(`PUT ${ACCOUNT_ORGANIZATION}`)));
    expect(AUTHENTICATORS).toEqual(propertiesOf(mfa_config).allowed_authenticators?.items?.enum);
  });
});

describe("The emulator accepts the values that the contract permits, and rejects the ones that it forbids,", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    // The example of a DoH body in the contract names this token.
    const example = wholeObject(bodySchema(operation(`PUT ${ACCOUNT_ORGANIZATION}/doh`)) ?? {});
    emulator.addServiceToken(ACCOUNT, { id: example.service_token_id });
  });
  afterEach(() => emulator.close());

  /** Returns the fields that a body needs in addition to the tested one. */
  function rest({ verb, path }: Operation): Settings {
    if (path.endsWith("revoke_user")) return { email: "user@example.com" };
    if (path.endsWith("doh")) return {};
    const { mfa_config } = propertiesOf(bodySchema(operation(`PUT ${ACCOUNT_ORGANIZATION}`)));
    const team = { auth_domain: `${verb.toLowerCase()}.example.com`, name: "Widget Corp" };
    // MFA for all applications requires it.
    return path === ACCOUNT_ORGANIZATION
      ? { ...team, mfa_config: wholeObject(mfa_config ?? {}) }
      : team;
  }

  async function statusOf({ verb, path }: Operation, body: object): Promise<number> {
    for (const [scopeType, id] of [["accounts", ACCOUNT] as const, ["zones", ZONE] as const])
      if (verb === "POST" && !path.endsWith("revoke_user")) emulator.remove(scopeType, id);
      else if (!emulator.organization(scopeType, id)) emulator.seed(scopeType, id);
    const url = path.replace("{account_id}", ACCOUNT).replace("{zone_id}", ZONE);
    return (await call(emulator, verb, url, body)).status;
  }

  const writes = operations.filter((one) => bodySchema(one) !== undefined);

  it.each(writes)("in a $name", async (write) => {
    const unexpected: unknown[] = [];
    const expectStatus = async (wanted: "accepted" | "rejected", body: Settings) => {
      const status = await statusOf(write, body);
      if (wanted !== (status < 300 ? "accepted" : "rejected"))
        unexpected.push({ wanted, status, body });
    };
    for (const [field, schema] of Object.entries(propertiesOf(bodySchema(write)))) {
      for (const value of permitted(schema))
        await expectStatus("accepted", { ...rest(write), [field]: value });
      for (const value of forbidden(schema))
        await expectStatus("rejected", { ...rest(write), [field]: value });
    }
    for (const field of bodySchema(write)?.required ?? [])
      await expectStatus("rejected", { ...rest(write), [field]: undefined });
    await expectStatus("rejected", { ...rest(write), no_such_field: true });
    expect(unexpected).toEqual([]);
  });
});
