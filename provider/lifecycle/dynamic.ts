import type { dynamic } from "@pulumi/pulumi";
import { formatTarget, parseTarget, type Target } from "../cloudflare/target.js";
import { statesTheSame } from "../model/managed.js";
import type { SettingValues } from "../model/values.js";
import { apply } from "./apply.js";
import { separate, targetArgument, targetOf, type Arguments } from "./arguments.js";
import { check } from "./check.js";
import type { SettingsKind } from "./kind.js";
import { observe } from "./observe.js";
import { openSession, type Session } from "./session.js";
import { HalfDone, managedState, wholeState, type SettingsState } from "./state.js";

/*
 * All that is special about dynamic providers stands here: the hidden keys, what may not be
 * returned, what an error must look like. The rest of the lifecycle does not know which front it serves.
 */

/** The engine's stand-in for a value that a preview does not know yet; Pulumi's wire protocol fixes it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Tells `read` that a resource is only looked at (`Organization.get`), so that all settings are shown. */
export const EXTERNAL = "__external";

type Properties = Record<string, unknown>;

/** A dynamic provider for one kind of settings object. */
export function settingsProvider(kind: SettingsKind): dynamic.ResourceProvider {
  let session: Session = openSession(() => undefined);

  return {
    // Nothing is awaited here: the SDK lets other calls through before `configure` is done.
    configure({ config }) {
      session = openSession((key) => config.get(key));
      return Promise.resolve();
    },

    async check(_olds: Properties, news: Properties) {
      const { inputs, problems } = await check(
        kind,
        argumentsIn(news),
        UNKNOWN,
        session.diagnostics,
      );
      return {
        inputs: plain({ ...inputs }),
        failures: problems.map(({ path, reason }) => ({ property: path, reason })),
      };
    },

    diff(_id, olds: Properties, news: Properties) {
      const before = argumentsOf(kind, olds);
      const after = argumentsOf(kind, news);
      const replaces = (["accountId", "zoneId"] as const).filter(
        (name) => before[name] !== after[name],
      );
      const same = statesTheSame(kind.description, before.settings, after.settings);
      // Left undefined, `changes` has the engine compare the inputs itself and show each of them.
      return Promise.resolve(replaces.length === 0 && same ? { changes: false } : { replaces });
    },

    async create(inputs: Properties) {
      const args = argumentsOf(kind, inputs);
      const target = requireTarget(args);
      const state = await apply(kind, session, target, args.settings).catch((error: unknown) => {
        throw error instanceof HalfDone ? partialFailure(error, inputs) : bare(error);
      });
      return { id: formatTarget(target), outs: outputsOf(state) };
    },

    async read(id: string, props: Properties) {
      try {
        return await read(kind, session, id, props);
      } catch (error) {
        throw bare(error);
      }
    },

    async update(_id, _olds, news: Properties) {
      const args = argumentsOf(kind, news);
      const state = await apply(kind, session, requireTarget(args), args.settings).catch(
        (error: unknown) => {
          throw bare(error);
        },
      );
      return { outs: outputsOf(state) };
    },

    async delete(id: string) {
      await session.diagnostics.info(
        `The ${kind.description.noun} of ${id} cannot be deleted through the API: dropped from Pulumi's state only, and left as it is.`,
      );
    },
  };
}

async function read(kind: SettingsKind, session: Session, id: string, props: Properties) {
  const target = parseTarget(id);
  const { noun } = kind.description;
  if (target === undefined)
    throw new Error(
      `"${id}" is no id of ${noun}: give accounts/<account id>, zones/<zone id> or an account id of 32 hexadecimal digits.`,
    );
  const live = await observe(kind, await session.client(), target);
  const external = props[EXTERNAL] === true;
  if (live === undefined) {
    // An external resource without an object would otherwise count as one without settings.
    if (external) throw new Error(`There is no ${noun} on ${formatTarget(target)}.`);
    await session.diagnostics.info(
      `Cloudflare says that there is no ${noun} on ${formatTarget(target)} any more: dropped from Pulumi's state.`,
    );
    return { id: "", props: {} };
  }
  if (external) {
    const outputs = outputsOf(wholeState(kind, target, live));
    return { id: formatTarget(target), props: { ...outputs, [EXTERNAL]: true } };
  }
  const { settings } = argumentsOf(kind, props);
  const state = managedState(kind, target, settings, live);
  return { id: formatTarget(target), props: outputsOf(state), inputs: inputsOf(state) };
}

/** Arguments as the program gave them: without the keys that are Pulumi's own business. */
function argumentsIn(properties: Properties): SettingValues {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** The arguments among inputs or outputs; no output that is computed shares a name with one. */
function argumentsOf({ description }: SettingsKind, properties: Properties): Arguments {
  const { accountId, zoneId, settings } = separate(argumentsIn(properties));
  const stated = Object.entries(settings).filter(
    ([name]) => name in description.settings || name === "additionalSettings",
  );
  return { accountId, zoneId, settings: Object.fromEntries(stated) };
}

function requireTarget(args: Arguments): Target {
  const target = targetOf(args);
  if (target === undefined) throw new Error("Neither accountId nor zoneId is stated.");
  return target;
}

function inputsOf({ target, settings }: SettingsState): Properties {
  return plain({ ...targetArgument(target), ...settings });
}

function outputsOf({ target, settings, computed }: SettingsState): Properties {
  return plain({ ...targetArgument(target), ...settings, ...computed });
}

/** Only plain JSON may be returned: one undefined fails the call without naming a key, a frozen object too. */
function plain(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties)) as Properties;
}

/** Keeps in state what exists; without `__provider` no later operation would find its way here. */
function partialFailure({ state, reason, message }: HalfDone, inputs: Properties): Error {
  return Object.assign(bare(new Error(message)), {
    id: formatTarget(state.target),
    properties: { ...outputsOf(state), __provider: inputs.__provider },
    reasons: [reason],
  });
}

/**
 * What a person can use of an error: its message. After a failed read the SDK prints the error and
 * its stack besides, so both are made to say where to look.
 */
function bare(error: unknown): Error {
  const shown = new Error(error instanceof Error ? error.message : String(error));
  return Object.assign(shown, {
    stack: "the error below says why",
    toString: () => "Reading from Cloudflare failed",
  });
}
