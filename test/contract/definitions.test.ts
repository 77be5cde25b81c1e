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
  OF_ACCOUNT,
  OF_ZONE,
  operation,
  operations,
  propertiesOf,
  successSchema,
  requestFields,
  type Schema,
} from "./contract.js";
import { UNDOCUMENTED } from "./overlay.js";
import { shapesOf, shapesOfSettings } from "./shape.js";

it("the contract has exactly the operations that the provider uses", () => {
  expect(operations.map(({ name }) => name).sort()).toEqual(
    [
      `GET ${OF_ACCOUNT}`,
      `POST ${OF_ACCOUNT}`,
      `PUT ${OF_ACCOUNT}`,
      `GET ${OF_ACCOUNT}/doh`,
      `PUT ${OF_ACCOUNT}/doh`,
      `POST ${OF_ACCOUNT}/revoke_user`,
      `GET ${OF_ZONE}`,
      `POST ${OF_ZONE}`,
      `PUT ${OF_ZONE}`,
      `POST ${OF_ZONE}/revoke_user`,
    ].sort(),
  );
});

describe("the provider's definitions", () => {
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
      ({ apiName: apiName, type }: Computed): [string, Schema] => [
        apiName,
        { type, ...(apiName.endsWith("_at") ? { format: "date-time" } : {}) },
      ],
    );
    return Object.fromEntries(properties);
  }

  const requiredOf = ({ settings }: Definition) =>
    Object.values<Setting>(settings)
      .filter(({ required }) => required)
      .map(({ apiName: apiName }) => apiName)
      .sort();

  it.each([
    [`PUT ${OF_ACCOUNT}`, organization, () => true],
    [`POST ${OF_ACCOUNT}`, organization, (setting) => !setting.putOnly],
    [`PUT ${OF_ZONE}`, organization, (setting) => setting.zone === true],
    [`POST ${OF_ZONE}`, organization, (setting) => setting.zone === true],
    [`PUT ${OF_ACCOUNT}/doh`, dohSettings, () => true],
    [`POST ${OF_ACCOUNT}/revoke_user`, userRevocation, () => true],
    [`POST ${OF_ZONE}/revoke_user`, userRevocation, (setting) => setting.zone === true],
  ] satisfies [string, Definition, (setting: Setting) => boolean][])(
    "have the fields that %s accepts",
    (name, description, keeps) => {
      expect(shapesWhere(description, keeps)).toEqual(bodyShapes(name));
    },
  );

  it.each([
    [`POST ${OF_ACCOUNT}`, organization],
    [`POST ${OF_ZONE}`, organization],
    [`POST ${OF_ACCOUNT}/revoke_user`, userRevocation],
    [`POST ${OF_ZONE}/revoke_user`, userRevocation],
  ] satisfies [string, Definition][])(
    "require the fields that %s requires",
    (name, description) => {
      expect(requiredOf(description)).toEqual(
        [...(bodySchema(operation(name))?.required ?? [])].sort(),
      );
    },
  );

  it("have the fields in the response of an organization, and the undocumented output-only ones", () => {
    const { trusted_accounts: trustedAccounts, ...known } = {
      ...shapesOfSettings(organization.settings),
      ...computedShapes(organization),
    };
    expect(trustedAccounts).toBeDefined(); // only the newest SDK types have it
    expect(known).toEqual(resultShapes(`GET ${OF_ACCOUNT}`));
    expect(known).toMatchObject(resultShapes(`GET ${OF_ZONE}`));
    const computed = Object.values(organization.computed).map(({ apiName }) => apiName);
    expect([...organization.outputOnly].sort()).toEqual(
      [...new Set([...computed, ...UNDOCUMENTED])].sort(),
    );
  });

  it("have the fields in the response of DoH settings, which names the service token id", () => {
    const { service_token_id: id, ...rest } = shapesOfSettings(dohSettings.settings);
    const known = { ...rest, ...computedShapes(dohSettings), id };
    expect(known).toEqual(resultShapes(`GET ${OF_ACCOUNT}/doh`));
    expect(dohSettings.settings.serviceTokenId.responseName).toBe("id");
  });

  it("limit the length of a service token id", async () => {
    const { result } = propertiesOf(successSchema(operation(`GET ${OF_ACCOUNT}/doh`)));
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
    "have the scopes that the contract has for %s",
    (_, { scopes }, endpoint) => {
      const ids = { accounts: "{account_id}", zones: "{zone_id}" };
      const both = ["accounts", "zones"] as const;
      const there = both.filter((level) => {
        const path = endpoint.path({ kind: level, id: ACCOUNT }).replace(ACCOUNT, ids[level]);
        return operations.some(({ name }) => name === `GET ${path}`);
      });
      expect(scopes).toEqual(there);
    },
  );

  it("have former names that are not in the contract", () => {
    const former = organization.settings.mfaPivKeyRequirements.formerApiName;
    const authenticators = organization.settings.mfaConfig.members.allowedAuthenticators;
    expect(requestFields(`PUT ${OF_ACCOUNT}`)).not.toContain(former);
    expect(authenticators.values).not.toContain(Object.keys(authenticators.valueAliases)[0]);
  });
});
