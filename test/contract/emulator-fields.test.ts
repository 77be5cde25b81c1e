import { z } from "zod";
import {
  EMULATOR_TOKEN,
  startEmulator,
  type Emulator,
  type Settings,
} from "../../emulator/index.js";
import { fieldSchemas } from "../../emulator/field-schemas.js";
import {
  ACCOUNT_POST_FIELDS,
  ACCOUNT_PUT_FIELDS,
  AUTHENTICATORS,
  FORMER_PIV_KEY_FIELD,
  OUTPUT_ONLY_FIELDS,
  ZONE_OUTPUT_ONLY_FIELDS,
  ZONE_FIELDS,
} from "../../emulator/fields.js";
import { behaviorSchema } from "../../emulator/behavior.js";
import { ACCOUNT, ZONE } from "../ids.js";
import {
  answered,
  bodyOf,
  OF_ACCOUNT,
  OF_ZONE,
  operation,
  operations,
  propertiesOf,
  taken,
  type Operation,
  type Schema,
} from "./contract.js";
import { UNLISTED } from "./overlay.js";
import { forbidden, permitted, wholeObject } from "./samples.js";

// Hundreds of requests, on a machine that may be busy with other tests.
jest.setTimeout(60_000);

describe("the emulator's lists are the contract's", () => {
  const sorted = (names: readonly string[]) => [...names].sort();

  it.each([
    [`POST ${OF_ACCOUNT}`, ACCOUNT_POST_FIELDS],
    [`PUT ${OF_ACCOUNT}`, ACCOUNT_PUT_FIELDS],
    [`POST ${OF_ZONE}`, ZONE_FIELDS],
    [`PUT ${OF_ZONE}`, ZONE_FIELDS],
  ])("of what %s takes", (name, fields) => {
    expect(sorted(fields)).toEqual(taken(name));
  });

  it("of what is answered and never taken", () => {
    const inSchema = OUTPUT_ONLY_FIELDS.filter((name) => !UNLISTED.includes(name));
    expect(sorted([...ACCOUNT_PUT_FIELDS, ...inSchema])).toEqual(answered(`GET ${OF_ACCOUNT}`));
    expect(sorted([...ZONE_FIELDS, ...ZONE_OUTPUT_ONLY_FIELDS, ...inSchema])).toEqual(
      answered(`GET ${OF_ZONE}`),
    );
    expect(OUTPUT_ONLY_FIELDS).toEqual(expect.arrayContaining(UNLISTED));
  });

  it("of the members that objects have", () => {
    const rules = { behavior: behaviorSchema.parse({}), newAuthenticators: new Set<string>() };
    const members = (schema: Schema) => sorted(Object.keys(propertiesOf(schema)));
    const known = Object.entries(fieldSchemas(rules)).map(([field, schema]) => [
      field,
      members(z.toJSONSchema(schema, { unrepresentable: "any" }) as Schema),
    ]);
    const listed = Object.entries(propertiesOf(bodyOf(operation(`PUT ${OF_ACCOUNT}`)))).map(
      ([field, schema]) => [field, members(schema)],
    );
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(listed));
  });

  it("of the authenticators, and its older name is none of the contract's", () => {
    const { mfa_config } = propertiesOf(bodyOf(operation(`PUT ${OF_ACCOUNT}`)));
    const listed = propertiesOf(mfa_config).allowed_authenticators?.items?.enum;
    expect(AUTHENTICATORS).toEqual(listed);
    expect(taken(`PUT ${OF_ACCOUNT}`)).not.toContain(FORMER_PIV_KEY_FIELD);
  });
});

describe("the emulator takes every value that the contract permits, and none that it forbids", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    // The contract's own example of a DoH body names this token.
    const example = wholeObject(bodyOf(operation(`PUT ${OF_ACCOUNT}/doh`)) ?? {});
    emulator.addServiceToken(ACCOUNT, { id: example.service_token_id });
  });
  afterEach(() => emulator.close());

  /** What has to be there besides, whatever is tried. */
  function rest({ verb, path }: Operation): Settings {
    if (path.endsWith("revoke_user")) return { email: "user@example.com" };
    if (path.endsWith("doh")) return {};
    const { mfa_config } = propertiesOf(bodyOf(operation(`PUT ${OF_ACCOUNT}`)));
    const team = { auth_domain: `${verb.toLowerCase()}.example.com`, name: "Widget Corp" };
    // MFA for all applications is refused without it.
    return path === OF_ACCOUNT ? { ...team, mfa_config: wholeObject(mfa_config ?? {}) } : team;
  }

  async function statusOf({ verb, path }: Operation, body: object): Promise<number> {
    for (const [level, id] of [["accounts", ACCOUNT] as const, ["zones", ZONE] as const])
      if (verb === "POST" && !path.endsWith("revoke_user")) emulator.remove(level, id);
      else if (!emulator.organization(level, id)) emulator.seed(level, id);
    const url = path.replace("{account_id}", ACCOUNT).replace("{zone_id}", ZONE);
    const answer = await fetch(emulator.baseUrl + url, {
      method: verb,
      headers: { authorization: `Bearer ${EMULATOR_TOKEN}` },
      body: JSON.stringify(body),
    });
    return answer.status;
  }

  const writes = operations.filter((one) => bodyOf(one) !== undefined);

  it.each(writes)("$name", async (write) => {
    const odd: unknown[] = [];
    const hold = async (wanted: "taken" | "refused", body: Settings) => {
      const status = await statusOf(write, body);
      if (wanted !== (status < 300 ? "taken" : "refused")) odd.push({ wanted, status, body });
    };
    for (const [field, schema] of Object.entries(propertiesOf(bodyOf(write)))) {
      for (const value of permitted(schema))
        await hold("taken", { ...rest(write), [field]: value });
      for (const value of forbidden(schema))
        await hold("refused", { ...rest(write), [field]: value });
    }
    for (const field of bodyOf(write)?.required ?? [])
      await hold("refused", { ...rest(write), [field]: undefined });
    await hold("refused", { ...rest(write), no_such_field: true });
    expect(odd).toEqual([]);
  });
});
