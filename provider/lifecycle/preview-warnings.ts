import { getSettings } from "../cloudflare/endpoints.js";
import { formatScope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import {
  riskyChanges,
  noLongerManaged,
  declaredChanges,
  riskWarning,
  type PreviewedChange,
} from "../schema/risks.js";
import { managedFields } from "../schema/managed-fields.js";
import { isBlank, isEmpty } from "../schema/equality.js";
import {
  missingForCreate,
  buildRequest,
  type Change,
  type WriteRequest,
} from "../schema/request-body.js";
import { changedScopes } from "../schema/scope-inputs.js";
import type { SettingValues, ApiObject } from "../schema/values.js";
import { decodeComputed, decodeSettings } from "../schema/codec.js";
import { splitInputs, settingsIn, scopeOf, type ResourceInputs } from "./inputs.js";
import type { CheckContext } from "./resource.js";

/** Tells in a preview what the diff does not show: what is adopted, and which change has consequences. */
export async function warnInPreview(
  kind: ResourceType,
  args: ResourceInputs,
  context: CheckContext,
): Promise<void> {
  const deployed = splitInputs(context.before);
  // An older release may have recorded what has another name by now.
  const before = { ...deployed, settings: settingsIn(kind.definition, deployed.settings) };
  const isNew = changedScopes(before, args).length > 0;
  return isNew
    ? foretellAdoption(kind, args, context)
    : foretellUpdate(kind, before, args, context);
}

async function foretellUpdate(
  { definition }: ResourceType,
  before: ResourceInputs,
  after: ResourceInputs,
  context: CheckContext,
): Promise<void> {
  await warnOfDangers(
    definition,
    declaredChanges(definition, before.settings, after.settings),
    context,
  );
  const gone = noLongerManaged(definition, before.settings, after.settings, context.unknown);
  for (const { path, value } of gone) {
    // Whether the value was a secret can't be known any more, so only what can't be one is shown.
    const stays = value === true ? "true" : "as it is";
    await context.session.diagnostics.warn(
      `${named(context)}${path} is no longer stated: it stays ${stays}, and is no longer managed. To clear it, state it empty.`,
    );
  }
}

/** The adoptions that this process has told of: of a resource that is replaced, the engine checks twice. */
const told = new Set<string>();

async function foretellAdoption(
  kind: ResourceType,
  args: ResourceInputs,
  context: CheckContext,
): Promise<void> {
  const { session, unknown, registration } = context;
  const target = scopeOf(args);
  if (target.id === unknown) return;
  const adoption = `${String(registration)} ${kind.endpoint.path(target)}`;
  if (registration !== undefined && told.has(adoption)) return;
  told.add(adoption);
  const what = `${kind.definition.displayName} of ${formatScope(target)}`;
  let live: ApiObject | undefined;
  try {
    live = await getSettings(await session.client(), kind.endpoint, target, { hurried: true });
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const reason = line.replace(/(?<=\.) [^.]*:$/, ""); // less a sentence that announces further lines
    return session.diagnostics.info(
      `${named(context)}the live ${what} could not be looked at, so what will change in it is not shown: ${reason}`,
    );
  }
  const { definition } = kind;
  const request = { definition, kind: target.kind, stated: args.settings, neverSend: NONE };
  if (live === undefined) {
    await foretellMaking(what, missingForCreate(definition, args.settings), context);
    const planned = buildRequest({ ...request, method: "POST", live: {} });
    return warnOfUnmetNeeds(kind, what, args.settings, planned, context);
  }
  const planned = buildRequest({ ...request, method: "PUT", live });
  await session.diagnostics.warn(
    adoptionOf(kind, what, live, args.settings, planned.changes, context),
  );
  await warnOfDangers(definition, planned.changes, context);
  await warnOfUnmetNeeds(kind, what, args.settings, planned, context);
}

const NONE: ReadonlySet<string> = new Set();

function foretellMaking(
  what: string,
  missing: readonly string[],
  context: CheckContext,
): Promise<void> {
  const { diagnostics } = context.session;
  if (missing.length === 0)
    return diagnostics.info(`${named(context)}there is no ${what} yet: it will be made.`);
  return diagnostics.warn(
    `${named(context)}there is no ${what} yet, and to have it made the program must state ${missing.join(" and ")}.`,
  );
}

async function warnOfUnmetNeeds(
  { definition, unmetRequirements }: ResourceType,
  what: string,
  stated: SettingValues,
  { body = {} }: WriteRequest,
  context: CheckContext,
): Promise<void> {
  const unmet = unmetRequirements(decodeSettings(definition, body));
  // What is not known yet may be what is lacking.
  if (unmet.length === 0 || isOpen(stated, context.unknown)) return;
  await context.session.diagnostics.warn(
    [
      `${named(context)}nothing will be written to the ${what}, since its settings would contradict each other:`,
      ...unmet.map(({ property: path, reason }) => `  ${path}: ${reason}`),
    ].join("\n"),
  );
}

function adoptionOf(
  { definition, identifyingValues }: ResourceType,
  what: string,
  live: ApiObject,
  stated: SettingValues,
  planned: readonly Change[],
  context: CheckContext,
): string {
  const { unknown } = context;
  const settings = decodeSettings(definition, live);
  // Which additional settings it states is not known, so that the plan holds none of them.
  const additional =
    stated.additionalSettings === unknown
      ? [{ path: "additionalSettings", from: settings.additionalSettings, to: unknown }]
      : [];
  const changes = [...planned, ...additional];
  const open = changes.filter(({ to }) => isOpen(to, unknown)).length;
  const changed = new Set(changes.map(({ path }) => path));
  const kept = managedFields(definition, settings).filter(
    ({ path, input: argument, setting, value }) =>
      !isEmpty(setting, value) && !changed.has(path) && !changed.has(argument),
  ).length;
  const known: SettingValues = { ...settings, ...decodeComputed(definition, live) };
  const who = identifyingValues
    .filter((name) => !isBlank(known[name]) && !context.secrets.includes(name))
    .map((name) => `${name} ${show(known[name], context)}`);
  return [
    `${named(context)}adopts the live ${what}${who.length === 0 ? "" : ` (${who.join(", ")})`}. ${count(changes.length - open, "setting")} will change, ${open === 0 ? "" : `${open} may change, `}${kept} ${kept === 1 ? "stays as it is" : "stay as they are"}.`,
    ...changes.map((change) => `  ${change.path}: ${shown(change, context).join(" → ")}`),
  ].join("\n");
}

async function warnOfDangers(
  definition: ResourceType["definition"],
  changes: readonly PreviewedChange[],
  context: CheckContext,
): Promise<void> {
  for (const dangerous of riskyChanges(definition, changes, context.unknown)) {
    const words = riskWarning(dangerous, shown(dangerous.change, context), context.unknown);
    await context.session.diagnostics.warn(`${named(context)}${words}`);
  }
}

function named({ resource }: CheckContext): string {
  return resource === undefined ? "" : `${resource}: `;
}

function count(number: number, noun: string): string {
  return `${number === 0 ? "No" : number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Both sides of a change; neither where the argument is secret. */
function shown({ path, from, to }: Change, context: CheckContext): [string, string] {
  const [argument = path] = path.split(".");
  if (context.secrets.includes(argument)) return ["[secret]", "[secret]"];
  return [show(from, context), show(to, context)];
}

function show(value: unknown, { unknown }: CheckContext): string {
  if (value === undefined || value === null || value === "") return "not set";
  return isOpen(value, unknown) ? "(not known yet)" : JSON.stringify(value);
}

function isOpen(value: unknown, unknown: string): boolean {
  return value !== undefined && JSON.stringify(value).includes(unknown);
}
