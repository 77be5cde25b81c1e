import type { Definition, ScopeKind } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import {
  managedFields,
  liveInputs,
  declaresTheSame,
} from "../../provider/schema/managed-fields.js";
import { areEquivalent } from "../../provider/schema/equality.js";
import { organization } from "../../provider/schema/organization.js";
import { buildRequest } from "../../provider/schema/request-body.js";
import { buildValidator } from "../../provider/schema/validate.js";
import { isObject, type SettingValues, type ApiObject } from "../../provider/schema/values.js";
import { decodeValue, decodeSettings, encodeValue } from "../../provider/schema/codec.js";
import { fc } from "../property.js";
import { liveFor, replacedBy, withoutBlanks } from "./arbitrary-live.js";
import { json, settingsOf, statedFor, valueOf } from "./arbitrary-settings.js";

const KINDS: [string, Definition, ScopeKind][] = [
  ["an account's organization", organization, "accounts"],
  ["a zone's organization", organization, "zones"],
  ["DoH settings", dohSettings, "accounts"],
];
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const neverSend = new Set<string>();

describe.each(KINDS)("%s", (_, definition, kind) => {
  const stated = statedFor(definition, kind);
  const live = liveFor(definition);
  const settings = Object.values(settingsOf(definition, kind));
  const planFor = (before: ApiObject, args: SettingValues) =>
    buildRequest({ definition, kind, method: "PUT", live: before, stated: args, neverSend });
  /** The live object after the plan was carried out. */
  const carriedOut = (before: ApiObject, args: SettingValues) => {
    const { body } = planFor(before, args);
    return body === undefined ? before : replacedBy(definition, kind, before, body);
  };

  it("has arguments that pass the check", () => {
    const check = buildValidator(definition, UNKNOWN);
    fc.assert(fc.property(stated, (args) => expect(check(args)).toEqual([])));
  });

  it("has an equality that is an equivalence", () => {
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

  it("has names that go both ways", () => {
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

  it("is planned once: carried out, a plan leaves nothing to do", () => {
    fc.assert(
      fc.property(live, stated, (before, args) => {
        expect(planFor(carriedOut(before, args), args)).toEqual({ changes: [], body: undefined });
      }),
    );
  });

  it("keeps every setting that the program does not state", () => {
    fc.assert(
      fc.property(live, stated, (before, args) => {
        const managed = new Set(managedFields(definition, args).map(({ path }) => path));
        const unmanaged = (object: ApiObject) => {
          const all = managedFields(definition, decodeSettings(definition, object));
          const rest = all.filter(({ path }) => !managed.has(path));
          return withoutBlanks(Object.fromEntries(rest.map(({ path, value }) => [path, value])));
        };
        expect(unmanaged(carriedOut(before, args))).toEqual(unmanaged(before));
      }),
    );
  });

  it("sends nothing that the API refuses to take back", () => {
    const taken = settings.flatMap(({ apiName: wire, formerApiName: formerWire }) => [
      wire,
      formerWire ?? wire,
    ]);
    const known = new Set([
      ...definition.outputOnly,
      ...Object.values(definition.computed).map(({ apiName: wire }) => wire),
      ...Object.values(definition.settings).map(({ apiName: wire }) => wire),
    ]);
    const isEmptyValue = (value: unknown): boolean =>
      value === "" ||
      (Array.isArray(value) && value.length === 0) ||
      (isObject(value) &&
        (Object.keys(value).length === 0 || Object.values(value).some(isEmptyValue)));
    fc.assert(
      fc.property(live, stated, (before, args) => {
        for (const [key, value] of Object.entries(planFor(before, args).body ?? {})) {
          if (!known.has(key)) continue;
          expect(taken).toContain(key);
          expect(isEmptyValue(value)).toBe(false);
        }
      }),
    );
  });

  it("always sends what can't be cleared", () => {
    const required = settings
      .filter((setting) => setting.required)
      .map(({ apiName: wire }) => wire);
    fc.assert(
      fc.property(live, stated, (before, args) => {
        const { body } = planFor(before, args);
        if (body !== undefined) for (const wire of required) expect(body[wire]).toBeTruthy();
      }),
    );
  });

  it("is clean after create, read and diff", () => {
    fc.assert(
      fc.property(live, stated, (before, args) => {
        const after = decodeSettings(definition, carriedOut(before, args));
        const outputs = liveInputs(definition, args, after);
        const refreshed = liveInputs(definition, outputs, after);
        expect(outputs).toEqual(args);
        expect(refreshed).toEqual(outputs);
        expect(declaresTheSame(definition, refreshed, args)).toBe(true);
      }),
    );
  });

  it("keeps managing the same settings, whatever someone else did to them", () => {
    fc.assert(
      fc.property(live, stated, (drifted, args) => {
        const paths = (values: SettingValues) =>
          managedFields(definition, values).map(({ path }) => path);
        const read = liveInputs(definition, args, decodeSettings(definition, drifted));
        expect(paths(read)).toEqual(paths(args));
      }),
    );
  });

  it("is never so wrong that the check throws", () => {
    const check = buildValidator(definition, UNKNOWN);
    const names = [
      ...Object.keys(definition.settings),
      "additionalSettings",
      "__proto__",
      "constructor",
    ];
    const anything = fc.oneof(
      fc.dictionary(fc.constantFrom(...names), json),
      fc.object({ withNullPrototype: true, maxDepth: 2 }),
    );
    fc.assert(
      fc.property(anything, (args) => {
        for (const { property: path, reason } of check(args))
          expect([typeof path, typeof reason]).toEqual(["string", "string"]);
      }),
      { numRuns: 200 },
    );
  });
});
