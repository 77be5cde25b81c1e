import type { Definition, ScopeKind } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { decodeLive } from "../../provider/schema/codec.js";
import {
  changedFields,
  declaresTheSame,
  liveInputs,
  managedFields,
} from "../../provider/schema/managed-fields.js";
import { areEquivalent, isEmpty } from "../../provider/schema/equality.js";
import { organization } from "../../provider/schema/organization.js";
import { buildValidator } from "../../provider/schema/validate.js";
import { isObject, type SettingValues, type ApiObject } from "../../provider/schema/values.js";
import { decodeValue, encodeValue } from "../../provider/schema/codec.js";
import { fc } from "../property.js";
import { liveFor, replacedBy, withoutBlanks } from "./arbitrary-live.js";
import { declaredFor, settingsOf, valueOf } from "./arbitrary-settings.js";
import { requestFor } from "./request-body-for.js";

const KINDS: [string, Definition, ScopeKind][] = [
  ["an account's organization", organization, "accounts"],
  ["a zone's organization", organization, "zones"],
  ["DoH settings", dohSettings, "accounts"],
];

describe.each(KINDS)("The definition of %s", (_, definition, kind) => {
  const declared = declaredFor(definition, kind);
  const live = liveFor(definition);
  const settings = Object.values(settingsOf(definition, kind));
  const settingsIn = (object: ApiObject) => decodeLive(definition, object).settings;
  const put = (before: ApiObject, inputs: SettingValues, lastDeployed?: SettingValues) =>
    requestFor(before, inputs, { definition, kind, lastDeployed });
  /** The live object after the request was applied. */
  const applied = (before: ApiObject, inputs: SettingValues, lastDeployed?: SettingValues) => {
    const { body } = put(before, inputs, lastDeployed);
    return body === undefined ? before : replacedBy(definition, kind, before, body);
  };
  /** The live values of all fields except some. An atomic object that is off counts as unset. */
  const valuesExcept = (paths: ReadonlySet<string>, object: ApiObject) => {
    const fields = managedFields(definition, settingsIn(object));
    const rest = fields.filter(
      ({ path, setting, value }) => !paths.has(path) && !isEmpty(setting, value),
    );
    return withoutBlanks(Object.fromEntries(rest.map(({ path, value }) => [path, value])));
  };
  const pathsOf = (values: SettingValues) =>
    managedFields(definition, values).map(({ path }) => path);

  it("accepts the inputs of these tests", () => {
    const validate = buildValidator(definition);
    fc.assert(fc.property(declared, (inputs) => expect(validate(inputs)).toEqual([])));
  });

  it("has an equality that is reflexive, symmetric and transitive", () => {
    const setting = fc.constantFrom(...settings);
    const three = setting.chain((one) =>
      fc.tuple(fc.constant(one), fc.array(valueOf(one), { minLength: 3, maxLength: 3 })),
    );
    fc.assert(
      fc.property(three, ([one, [a, b, c]]) => {
        expect(areEquivalent(one, a, structuredClone(a))).toBe(true);
        expect(areEquivalent(one, a, b)).toBe(areEquivalent(one, b, a));
        if (areEquivalent(one, a, b))
          expect(areEquivalent(one, b, c)).toBe(areEquivalent(one, a, c));
      }),
      { numRuns: 500 },
    );
  });

  it("decodes an encoded value to an equivalent one", () => {
    const setting = fc.constantFrom(...settings);
    const value = setting.chain((one) => fc.tuple(fc.constant(one), valueOf(one)));
    fc.assert(
      fc.property(value, ([one, before]) => {
        const after = decodeValue(one, JSON.parse(JSON.stringify(encodeValue(one, before))));
        expect(areEquivalent(one, after, before)).toBe(true);
        if (isObject(before)) expect(Object.keys(after as object)).toEqual(Object.keys(before));
      }),
      { numRuns: 300 },
    );
  });

  it("gives a request after which the next request is empty", () => {
    fc.assert(
      fc.property(live, declared, (before, inputs) => {
        expect(put(applied(before, inputs), inputs)).toMatchObject({
          changes: [],
          drifted: [],
          body: undefined,
        });
      }),
    );
  });

  it("gives a request that keeps every setting that is not declared", () => {
    fc.assert(
      fc.property(live, declared, (before, inputs) => {
        const managed = new Set(pathsOf(inputs));
        expect(valuesExcept(managed, applied(before, inputs))).toEqual(
          valuesExcept(managed, before),
        );
      }),
    );
  });

  it("gives an update that writes only what the program changed", () => {
    fc.assert(
      fc.property(live, declared, declared, (before, lastDeployed, inputs) => {
        const { changes, drifted } = put(before, inputs, lastDeployed);
        const changed = changedFields(definition, lastDeployed, inputs).map(({ path }) => path);
        // The API ignores the reason while the lock is off, so it is written again with the lock.
        const allowed = new Set([...changed, "uiReadOnlyToggleReason"]);
        for (const { path } of changes) expect(allowed).toContain(path);
        for (const { path } of drifted) expect(changed).not.toContain(path);
        const written = new Set(changes.map(({ path }) => path));
        expect(valuesExcept(written, applied(before, inputs, lastDeployed))).toEqual(
          valuesExcept(written, before),
        );
      }),
    );
  });

  it("gives a request without anything that the API rejects", () => {
    const accepted = settings.flatMap(({ apiName, formerApiName = apiName }) => [
      apiName,
      formerApiName,
    ]);
    const known = new Set([
      ...definition.outputOnly,
      ...Object.values(definition.computed).map(({ apiName }) => apiName),
      ...Object.values(definition.settings).map(({ apiName }) => apiName),
    ]);
    const isEmptyValue = (value: unknown): boolean =>
      value === "" ||
      (Array.isArray(value) && value.length === 0) ||
      (isObject(value) && Object.keys(value).length === 0);
    fc.assert(
      fc.property(live, declared, (before, inputs) => {
        for (const [key, value] of Object.entries(put(before, inputs).body ?? {})) {
          if (!known.has(key)) continue;
          expect(accepted).toContain(key);
          expect(isEmptyValue(value)).toBe(false);
          // The API may accept any value of a member that this release does not know.
          for (const [member, inner] of Object.entries(isObject(value) ? value : {}))
            if (member !== "a_new_member")
              expect([member, isEmptyValue(inner)]).toEqual([member, false]);
        }
      }),
    );
  });

  it("shows no drift in a refresh after a creation", () => {
    fc.assert(
      fc.property(live, declared, (before, inputs) => {
        const after = settingsIn(applied(before, inputs));
        const refreshed = liveInputs(definition, inputs, after);
        expect(refreshed).toEqual(inputs);
        expect(declaresTheSame(definition, refreshed, inputs)).toBe(true);
      }),
    );
  });

  it("manages the same settings after a refresh, whatever drifted", () => {
    fc.assert(
      fc.property(live, declared, (drifted, inputs) => {
        const read = liveInputs(definition, inputs, settingsIn(drifted));
        expect(pathsOf(read)).toEqual(pathsOf(inputs));
      }),
    );
  });
});
