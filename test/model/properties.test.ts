import type { Description, Level } from "../../provider/model/description.js";
import { dohSettings } from "../../provider/model/doh-settings.js";
import { managedSettings, projectLive, statesTheSame } from "../../provider/model/managed.js";
import { sameMeaning } from "../../provider/model/meaning.js";
import { organization } from "../../provider/model/organization.js";
import { plan } from "../../provider/model/plan.js";
import { buildChecker } from "../../provider/model/schema.js";
import { isObject, type SettingValues, type WireObject } from "../../provider/model/values.js";
import { fromWire, readSettings, toWire } from "../../provider/model/wire.js";
import { fc } from "../property.js";
import { liveFor, replacedBy, withoutBlanks } from "./arbitrary-live.js";
import { json, settingsOf, statedFor, valueOf } from "./arbitrary-settings.js";

const KINDS: [string, Description, Level][] = [
  ["an account's organization", organization, "accounts"],
  ["a zone's organization", organization, "zones"],
  ["DoH settings", dohSettings, "accounts"],
];
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const neverSend = new Set<string>();

describe.each(KINDS)("%s", (_, description, level) => {
  const stated = statedFor(description, level);
  const live = liveFor(description);
  const settings = Object.values(settingsOf(description, level));
  const planFor = (before: WireObject, args: SettingValues) =>
    plan({ description, level, verb: "PUT", live: before, stated: args, neverSend });
  /** The live object after the plan was carried out. */
  const carriedOut = (before: WireObject, args: SettingValues) => {
    const { body } = planFor(before, args);
    return body === undefined ? before : replacedBy(description, level, before, body);
  };

  it("has arguments that pass the check", () => {
    const check = buildChecker(description, UNKNOWN);
    fc.assert(fc.property(stated, (args) => expect(check(args)).toEqual([])));
  });

  it("has an equality that is an equivalence", () => {
    const setting = fc.constantFrom(...settings);
    const three = setting.chain((one) =>
      fc.tuple(fc.constant(one), fc.array(valueOf(one), { minLength: 3, maxLength: 3 })),
    );
    fc.assert(
      fc.property(three, ([one, [a, b, c]]) => {
        expect(sameMeaning(one, a, structuredClone(a))).toBe(true);
        expect(sameMeaning(one, a, b)).toBe(sameMeaning(one, b, a));
        if (sameMeaning(one, a, b)) expect(sameMeaning(one, b, c)).toBe(sameMeaning(one, a, c));
      }),
      { numRuns: 500 },
    );
  });

  it("has names that go both ways", () => {
    const setting = fc.constantFrom(...settings);
    const value = setting.chain((one) => fc.tuple(fc.constant(one), valueOf(one)));
    fc.assert(
      fc.property(value, ([one, before]) => {
        const after = fromWire(one, JSON.parse(JSON.stringify(toWire(one, before))));
        expect(sameMeaning(one, after, before)).toBe(true);
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
        const managed = new Set(managedSettings(description, args).map(({ path }) => path));
        const unmanaged = (object: WireObject) => {
          const all = managedSettings(description, readSettings(description, object));
          const rest = all.filter(({ path }) => !managed.has(path));
          return withoutBlanks(Object.fromEntries(rest.map(({ path, value }) => [path, value])));
        };
        expect(unmanaged(carriedOut(before, args))).toEqual(unmanaged(before));
      }),
    );
  });

  it("sends nothing that the API refuses to take back", () => {
    const taken = settings.flatMap(({ wire, formerWire }) => [wire, formerWire ?? wire]);
    const known = new Set([
      ...description.responseOnly,
      ...Object.values(description.computed).map(({ wire }) => wire),
      ...Object.values(description.settings).map(({ wire }) => wire),
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
    const required = settings.filter((setting) => setting.required).map(({ wire }) => wire);
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
        const after = readSettings(description, carriedOut(before, args));
        const outputs = projectLive(description, args, after);
        const refreshed = projectLive(description, outputs, after);
        expect(outputs).toEqual(args);
        expect(refreshed).toEqual(outputs);
        expect(statesTheSame(description, refreshed, args)).toBe(true);
      }),
    );
  });

  it("keeps managing the same settings, whatever someone else did to them", () => {
    fc.assert(
      fc.property(live, stated, (drifted, args) => {
        const paths = (values: SettingValues) =>
          managedSettings(description, values).map(({ path }) => path);
        const read = projectLive(description, args, readSettings(description, drifted));
        expect(paths(read)).toEqual(paths(args));
      }),
    );
  });

  it("is never so wrong that the check throws", () => {
    const check = buildChecker(description, UNKNOWN);
    const names = [
      ...Object.keys(description.settings),
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
        for (const { path, reason } of check(args))
          expect([typeof path, typeof reason]).toEqual(["string", "string"]);
      }),
      { numRuns: 200 },
    );
  });
});
