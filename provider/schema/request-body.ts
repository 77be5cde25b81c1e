import { apiNameIn } from "./codec.js";
import type { Definition, ScopeKind, Setting } from "./definition.js";
import { areEquivalent, isBlank, isZeroDuration } from "./equality.js";
import type { LiveObject } from "./codec.js";
import {
  changedFields,
  isIgnored,
  isPartlyIgnored,
  isSatisfiedBy,
  managedFields,
  omittedFields,
  valueIn,
  type ManagedField,
} from "./managed-fields.js";
import { mergedValue, nullIfEmpty } from "./merged-value.js";
import { isObject, type ApiObject, type SettingValues } from "./values.js";
import { writableLive } from "./writable-live.js";

/** A managed field whose live value differs from the declared one. */
export interface Change {
  readonly path: string;
  readonly input: string;
  /** The live value. */
  readonly from: unknown;
  /** The declared value. */
  readonly to: unknown;
  /** What the last deployment recorded, if it managed the field. */
  readonly lastDeployed?: unknown;
  /** Whether `from` is a value that no deployment of this resource recorded. */
  readonly isUnrecorded?: boolean;
}

export interface WriteRequest {
  /** The fields that the request changes. */
  readonly changes: readonly Change[];
  /** Managed fields that drifted and keep their live values, since the program did not change them. */
  readonly drifted: readonly Change[];
  /** The complete body; undefined if the live object is as wanted. */
  readonly body: ApiObject | undefined;
  /** The API names, `login_design.new_member` for members, of what the body repeats from the live object. */
  readonly unchanged: readonly string[];
}

export interface BuildOptions {
  readonly definition: Definition;
  readonly kind: ScopeKind;
  /** The live object, which a PUT replaces; undefined if there is none, and a POST creates it. */
  readonly live: LiveObject | undefined;
  readonly declared: SettingValues;
  /** The last deployed values; undefined on create, which writes everything that is declared. */
  readonly lastDeployed?: SettingValues | undefined;
  /** The settings that the API accepted at the last deployment and did not return. */
  readonly omitted?: readonly string[] | undefined;
  /** The property paths that `ignoreChanges` names. */
  readonly ignoreChanges?: readonly string[] | undefined;
  /** API names that no body contains: of fields, or of members such as `login_design.new_member`. */
  readonly neverSend: ReadonlySet<string>;
}

/**
 * Builds the request that gives the live object the declared values: a three-way merge of last deployed,
 * declared and live values. Because a PUT replaces the whole object, the body is the live object, without
 * what the API rejects, with the changed fields merged over it.
 */
export function buildRequest(options: BuildOptions): WriteRequest {
  const plan = planChanges(options);
  const { body, unchanged } =
    plan.written.length === 0 ? { body: undefined, unchanged: [] } : renderBody(options, plan);
  return {
    changes: plan.written.map((field) => changeOf(field, options)),
    drifted: plan.drifted.map((field) => changeOf(field, options)),
    body,
    unchanged,
  };
}

/** What the request does about the declared fields. Each is in one of the lists, or needs nothing. */
interface Plan {
  /** Fields that get their declared values. */
  readonly written: readonly ManagedField[];
  /** Fields that the API does not show although they are set: a full replace would clear them. */
  readonly repeated: readonly ManagedField[];
  /** Fields that keep their live values. */
  readonly drifted: readonly ManagedField[];
}

/**
 * Decides for each declared field:
 *
 * | declared value                         | live value satisfies it | live value differs | API never shows it |
 * | -------------------------------------- | ----------------------- | ------------------ | ------------------ |
 * | changed since last deployed            | nothing to do           | written            | written            |
 * | unchanged since last deployed          | nothing to do           | drifted            | repeated           |
 * | named by `ignoreChanges`, also in part | nothing to do           | nothing to do      | repeated           |
 *
 * A change of a partly ignored field is written.
 */
function planChanges(options: BuildOptions): Plan {
  const { definition, declared, lastDeployed = {}, omitted = [], ignoreChanges = [] } = options;
  const { settings: live = {}, raw: response = {} } = options.live ?? {};
  const fields = managedFields(definition, declared);
  const changed = new Set(
    changedFields(definition, lastDeployed, declared).map(({ path }) => path),
  );
  const switchedOn = Object.fromEntries(
    fields
      .filter(({ path, value }) => changed.has(path) && value === true)
      .filter(({ path }) => !isIgnored(path, ignoreChanges))
      .map(({ path }) => [path, true]),
  );
  const isChanged = (field: ManagedField) =>
    !isIgnored(field.path, ignoreChanges) &&
    (changed.has(field.path) || isWrittenWithFlag(field, switchedOn));
  const notShown = new Set(
    omittedFields(definition, lastDeployed, response, omitted).map(({ path }) => path),
  );
  const written: ManagedField[] = [];
  const repeated: ManagedField[] = [];
  const drifted: ManagedField[] = [];
  for (const field of fields) {
    const isNotShown = notShown.has(field.path);
    if (isChanged(field)) {
      if (isNotShown || !isSatisfiedBy(field, live, switchedOn) || mustWriteZero(field, live))
        written.push(field);
    } else if (isNotShown) repeated.push(field);
    else if (!isPartlyIgnored(field.path, ignoreChanges) && !isSatisfiedBy(field, live))
      drifted.push(field);
  }
  return { written, repeated, drifted };
}

/** The API drops some settings while a boolean is off, so they are written together with the boolean. */
function isWrittenWithFlag({ setting }: ManagedField, switchedOn: SettingValues): boolean {
  return setting.effectiveWhile !== undefined && switchedOn[setting.effectiveWhile] === true;
}

/** Zero is satisfied by an unset value once it was written, but an unset value may mean another default. */
function mustWriteZero(field: ManagedField, live: SettingValues): boolean {
  const { setting, value } = field;
  return isZeroDuration(setting, value) && !areEquivalent(setting, value, valueIn(live, field));
}

function changeOf(field: ManagedField, { live, lastDeployed = {} }: BuildOptions): Change {
  const { path, input, setting, value: to } = field;
  const from = valueIn(live?.settings ?? {}, field);
  const last = valueIn(lastDeployed, field);
  return last === undefined
    ? { path, input, from, to, isUnrecorded: from === false || !isBlank(from) }
    : {
        path,
        input,
        from,
        to,
        lastDeployed: last,
        isUnrecorded: !areEquivalent(setting, from, last),
      };
}

/** Renders the body that gives the live object the written fields. */
function renderBody(
  options: BuildOptions,
  { written, repeated }: Plan,
): { readonly body: ApiObject; readonly unchanged: readonly string[] } {
  const assignments = [
    ...repeated.map(assignField),
    ...[...byInput(written)].flatMap(([input, fields]) => assignInput(options, input, fields)),
  ];
  const body = writableLive(options.definition, options.live?.raw ?? {}, options.kind);
  for (const { apiName, value } of assignments) body.set(apiName, value);
  for (const name of options.neverSend) leaveOut(name, body);
  const assigned = assignments.flatMap(({ names }) => names);
  return { body: Object.fromEntries(body), unchanged: unchangedNames(body, assigned) };
}

/** A value of the body that does not come from the live object alone. */
interface Assignment {
  readonly apiName: string;
  readonly value: unknown;
  /** The API names of what gets a declared value: the whole field, or members such as `login_design.header_text`. */
  readonly names: readonly string[];
}

function assignField({ setting: { apiName }, value }: ManagedField): Assignment {
  return { apiName, value: nullIfEmpty(value), names: [apiName] };
}

/** The assignments of the written fields of one input. */
function assignInput(
  { definition, declared, live, ignoreChanges = [] }: BuildOptions,
  input: string,
  fields: readonly ManagedField[],
): Assignment[] {
  if (input === "additionalSettings") return fields.map(assignField);
  const setting = definition.settings[input];
  if (setting === undefined || (live === undefined && setting.putOnly)) return [];
  const raw = live?.raw ?? {};
  const apiName = apiNameIn(raw, setting);
  const isIgnoredMember = (member: string) => isIgnored(`${input}.${member}`, ignoreChanges);
  const value = mergedValue(setting, fields, declared[input], raw[apiName], isIgnoredMember);
  const members = writtenMembers(setting, fields);
  return [{ apiName, value, names: members?.map((member) => `${apiName}.${member}`) ?? [apiName] }];
}

/** The API names of the members that the request gives declared values; undefined for a setting without members. */
function writtenMembers(setting: Setting, fields: readonly ManagedField[]): string[] | undefined {
  if (!("members" in setting)) return undefined;
  return fields.flatMap((field) =>
    field.member === undefined
      ? Object.values(setting.members).map(({ apiName }) => apiName)
      : [field.setting.apiName],
  );
}

/** The required inputs of creation that are not declared. */
export function missingForCreate({ settings }: Definition, declared: SettingValues): string[] {
  return Object.keys(settings).filter(
    (name) => settings[name]?.required === true && declared[name] === undefined,
  );
}

/** Leaves out a field of the body, or, as in `login_design.new_member`, a member of it. */
function leaveOut(name: string, body: Map<string, unknown>): void {
  const [key = name, member] = name.split(".");
  if (member === undefined) body.delete(key);
  const value = body.get(key);
  if (member !== undefined && isObject(value))
    body.set(key, Object.fromEntries(Object.entries(value).filter(([other]) => other !== member)));
}

/** The API names in a body that are not assigned: neither themselves, nor in part, nor as a part. */
function unchangedNames(body: ReadonlyMap<string, unknown>, assigned: readonly string[]): string[] {
  const names = [...body].flatMap(([name, value]) => [
    name,
    ...Object.keys(isObject(value) ? value : {}).map((member) => `${name}.${member}`),
  ]);
  const isWithin = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}.`);
  return names.filter(
    (name) => !assigned.some((other) => isWithin(name, other) || isWithin(other, name)),
  );
}

function byInput(fields: readonly ManagedField[]): Map<string, ManagedField[]> {
  const groups = new Map<string, ManagedField[]>();
  for (const field of fields) groups.set(field.input, [...(groups.get(field.input) ?? []), field]);
  return groups;
}
