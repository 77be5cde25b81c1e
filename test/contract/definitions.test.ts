import {
  dohEndpoint,
  organizationEndpoint,
  type SettingsEndpoint,
} from "../../provider/cloudflare/endpoints.js";
import type { Computed, Definition, Setting } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { userRevocation } from "../../provider/schema/user-revocation.js";
import { dohSettings as dohProvider } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import {
  bodySchema,
  ACCOUNT_ORGANIZATION,
  ZONE_ORGANIZATION,
  operation,
  operations,
  propertiesOf,
  successSchema,
  type Schema,
} from "./contract.js";
import { UNDOCUMENTED } from "./overlay.js";
import { shapesOf, shapesOfSettings } from "./shape.js";

describe("The provider's definitions", () => {
  function bodyShapes(name: string) {
    return shapesOf(propertiesOf(bodySchema(operation(name))));
  }

  function resultShapes(name: string) {
    const { result } = propertiesOf(successSchema(operation(name)));
    return shapesOf(propertiesOf(result));
  }

  function shapesWhere({ settings }: Definition, keeps: (setting: Setting) => boolean) {
    return shapesOfSettings(
      Object.fromEntries(Object.entries(settings).filter(([, setting]) => keeps(setting))),
    );
  }

  function computedShapes({ computed }: Definition) {
    const properties = Object.values(computed).map(
      ({ apiName, type }: Computed): [string, Schema] => [
        apiName,
        { type, ...(apiName.endsWith("_at") ? { format: "date-time" } : {}) },
      ],
    );
    return Object.fromEntries(properties);
  }

  const requiredOf = ({ settings }: Definition) =>
    Object.values<Setting>(settings)
      .filter(({ required }) => required)
      .map(({ apiName }) => apiName)
      .sort();

  it.each([
    [`PUT ${ACCOUNT_ORGANIZATION}`, organization, () => true],
    [`POST ${ACCOUNT_ORGANIZATION}`, organization, (setting) => !setting.putOnly],
    [`PUT ${ZONE_ORGANIZATION}`, organization, (setting) => setting.zone === true],
    [`POST ${ZONE_ORGANIZATION}`, organization, (setting) => setting.zone === true],
    [`PUT ${ACCOUNT_ORGANIZATION}/doh`, dohSettings, () => true],
    [`POST ${ACCOUNT_ORGANIZATION}/revoke_user`, userRevocation, () => true],
    [`POST ${ZONE_ORGANIZATION}/revoke_user`, userRevocation, (setting) => setting.zone === true],
  ] satisfies [string, Definition, (setting: Setting) => boolean][])(
    "have the fields that %s accepts",
    (name, definition, keeps) => {
      expect(shapesWhere(definition, keeps)).toEqual(bodyShapes(name));
    },
  );

  it.each([
    [`POST ${ACCOUNT_ORGANIZATION}`, organization],
    [`POST ${ZONE_ORGANIZATION}`, organization],
    [`POST ${ACCOUNT_ORGANIZATION}/revoke_user`, userRevocation],
    [`POST ${ZONE_ORGANIZATION}/revoke_user`, userRevocation],
  ] satisfies [string, Definition][])("require the fields that %s requires", (name, definition) => {
    expect(requiredOf(definition)).toEqual(
      [...(bodySchema(operation(name))?.required ?? [])].sort(),
    );
  });

  it("have the fields that a response has for an organization, and the output-only fields that the contract omits", () => {
    const { trusted_accounts: trustedAccounts, ...known } = {
      ...shapesOfSettings(organization.settings),
      ...computedShapes(organization),
    };
    expect(trustedAccounts).toBeDefined(); // only the newest SDK types have it
    expect(known).toEqual(resultShapes(`GET ${ACCOUNT_ORGANIZATION}`));
    expect(known).toMatchObject(resultShapes(`GET ${ZONE_ORGANIZATION}`));
    const computed = Object.values(organization.computed).map(({ apiName }) => apiName);
    expect([...organization.outputOnly].sort()).toEqual(
      [...new Set([...computed, ...UNDOCUMENTED])].sort(),
    );
  });

  it("have the fields that a response has for DoH settings, with the service token's id under the name id", () => {
    const { service_token_id: id, ...rest } = shapesOfSettings(dohSettings.settings);
    const known = { ...rest, ...computedShapes(dohSettings), id };
    expect(known).toEqual(resultShapes(`GET ${ACCOUNT_ORGANIZATION}/doh`));
    expect(dohSettings.settings.serviceTokenId.responseName).toBe("id");
  });

  it("accept a service token's id of the length that the contract allows, and no longer one", async () => {
    const { result } = propertiesOf(successSchema(operation(`GET ${ACCOUNT_ORGANIZATION}/doh`)));
    const longest = propertiesOf(result).id?.maxLength ?? 0;
    const failuresOf = async (length: number) => {
      const args = { accountId: ACCOUNT, serviceTokenId: "x".repeat(length) };
      return (await dohProvider.check?.({}, args))?.failures?.length;
    };
    expect([await failuresOf(longest), await failuresOf(longest + 1)]).toEqual([0, 1]);
  });

  it.each([
    ["the organization", organization, organizationEndpoint],
    ["DoH settings", dohSettings, dohEndpoint],
  ] satisfies [string, Definition, SettingsEndpoint][])(
    "have the scopes for which the contract has a GET of %s",
    (_, { scopes }, endpoint) => {
      const ids = { accounts: "{account_id}", zones: "{zone_id}" };
      const kinds = ["accounts", "zones"] as const;
      const readable = kinds.filter((kind) => {
        const path = endpoint.path({ kind, id: ACCOUNT }).replace(ACCOUNT, ids[kind]);
        return operations.some(({ name }) => name === `GET ${path}`);
      });
      expect(scopes).toEqual(readable);
    },
  );
});
