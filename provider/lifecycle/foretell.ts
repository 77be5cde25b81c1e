import { getSettings } from "../cloudflare/endpoints.js";
import { formatTarget } from "../cloudflare/target.js";
import type { SettingsKind } from "../kinds/kind.js";
import {
  dangers,
  released,
  statedChanges,
  warningOf,
  type ForetoldChange,
} from "../model/foretold.js";
import { managedSettings } from "../model/managed.js";
import { isBlank, isEmpty } from "../model/meaning.js";
import { plan, type Change } from "../model/plan.js";
import { movedTargets } from "../model/target-arguments.js";
import type { SettingValues, WireObject } from "../model/values.js";
import { readComputed, readSettings } from "../model/wire.js";
import { separate, targetOf, type Arguments } from "./arguments.js";
import type { CheckContext } from "./resource.js";

/** Tells in a preview what the diff does not show: what is adopted, and which change has consequences. */
export async function foretell(
  kind: SettingsKind,
  args: Arguments,
  context: CheckContext,
): Promise<void> {
  const before = separate(context.before);
  const isNew = movedTargets(before, args).length > 0;
  return isNew
    ? foretellAdoption(kind, args, context)
    : foretellUpdate(kind, before, args, context);
}

async function foretellUpdate(
  { description }: SettingsKind,
  before: Arguments,
  after: Arguments,
  context: CheckContext,
): Promise<void> {
  await warnOfDangers(
    description,
    statedChanges(description, before.settings, after.settings),
    context,
  );
  const gone = released(description, before.settings, after.settings, context.unknown);
  for (const { path, value } of gone) {
    // Whether the value was a secret can't be known any more, so only what can't be one is shown.
    const stays = value === true ? "true" : "as it is";
    await context.session.diagnostics.warn(
      `${named(context)}${path} is no longer stated: it stays ${stays}, and is no longer managed. To clear it, state it empty.`,
    );
  }
}

async function foretellAdoption(
  kind: SettingsKind,
  args: Arguments,
  context: CheckContext,
): Promise<void> {
  const { session, unknown } = context;
  const target = targetOf(args);
  if (target.id === unknown) return;
  const what = `${kind.description.noun} of ${formatTarget(target)}`;
  let live: WireObject | undefined;
  try {
    live = await getSettings(await session.client(), kind.endpoint, target, { hurried: true });
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const reason = line.replace(/(?<=\.) [^.]*:$/, ""); // less a sentence that announces further lines
    return session.diagnostics.info(
      `${named(context)}the live ${what} could not be looked at, so what will change in it is not shown: ${reason}`,
    );
  }
  if (live === undefined)
    return session.diagnostics.info(`${named(context)}there is no ${what} yet: it will be made.`);

  const { description } = kind;
  const { level } = target;
  const stated = args.settings;
  const { changes } = plan({
    description,
    level,
    verb: "PUT",
    live,
    stated,
    neverSend: new Set(),
  });
  await session.diagnostics.warn(adoptionOf(kind, what, live, stated, changes, context));
  await warnOfDangers(description, changes, context);
}

function adoptionOf(
  { description, introducedBy }: SettingsKind,
  what: string,
  live: WireObject,
  stated: SettingValues,
  planned: readonly Change[],
  context: CheckContext,
): string {
  const { unknown } = context;
  const settings = readSettings(description, live);
  // Which additional settings it states is not known, so that the plan holds none of them.
  const additional =
    stated.additionalSettings === unknown
      ? [{ path: "additionalSettings", from: settings.additionalSettings, to: unknown }]
      : [];
  const changes = [...planned, ...additional];
  const open = changes.filter(({ to }) => isOpen(to, unknown)).length;
  const changed = new Set(changes.map(({ path }) => path));
  const kept = managedSettings(description, settings).filter(
    ({ path, argument, setting, value }) =>
      !isEmpty(setting, value) && !changed.has(path) && !changed.has(argument),
  ).length;
  const known: SettingValues = { ...settings, ...readComputed(description, live) };
  const who = introducedBy
    .filter((name) => !isBlank(known[name]) && !context.secrets.includes(name))
    .map((name) => `${name} ${show(known[name], context)}`);
  return [
    `${named(context)}adopts the live ${what}${who.length === 0 ? "" : ` (${who.join(", ")})`}. ${count(changes.length - open, "setting")} will change, ${open === 0 ? "" : `${open} may change, `}${kept} ${kept === 1 ? "stays as it is" : "stay as they are"}.`,
    ...changes.map((change) => `  ${change.path}: ${shown(change, context).join(" → ")}`),
  ].join("\n");
}

async function warnOfDangers(
  description: SettingsKind["description"],
  changes: readonly ForetoldChange[],
  context: CheckContext,
): Promise<void> {
  for (const dangerous of dangers(description, changes, context.unknown)) {
    const words = warningOf(dangerous, shown(dangerous.change, context), context.unknown);
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
