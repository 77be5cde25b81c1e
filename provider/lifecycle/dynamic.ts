import type { dynamic } from "@pulumi/pulumi";
import {
  DRY_RUN,
  EXTERNAL,
  REGISTRATION,
  RESOURCE,
  SECRETS,
  OMITTED,
} from "../schema/state-contract.js";
import { changedScopes } from "../schema/scope-inputs.js";
import type { SettingValues } from "../schema/values.js";
import { splitInputs, type ResourceInputs } from "./inputs.js";
import { PartialFailure, type ResourceLifecycle, type ResourceState } from "./resource.js";
import { flushLogs, openContext, type Context } from "./context.js";

/*
 * All that is special about dynamic providers stands here: the hidden keys, what may not be
 * returned, what an error must look like. The rest of the lifecycle does not know which front it serves.
 */

/** The engine's stand-in for a value that a preview does not know yet; Pulumi's wire protocol fixes it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Properties = Record<string, unknown>;

/** Serves a lifecycle as a dynamic provider. */
export function dynamicProvider(lifecycle: ResourceLifecycle): dynamic.ResourceProvider {
  let session: Context = openContext(() => undefined);

  return {
    // Nothing is awaited here: the SDK lets other calls through before `configure` is done.
    configure({ config }) {
      session = openContext((key) => config.get(key));
      return Promise.resolve();
    },

    check: (olds: Properties, news: Properties) =>
      served("Checking", async () => {
        const { inputs, problems } = await lifecycle.check(withoutHidden(news), {
          session,
          before: withoutHidden(olds),
          unknown: UNKNOWN,
          resource: typeof news[RESOURCE] === "string" ? news[RESOURCE] : undefined,
          registration: news[REGISTRATION],
          preview: news[DRY_RUN] === true,
          secrets: Array.isArray(news[SECRETS]) ? news[SECRETS].map(String) : [],
        });
        return {
          inputs: plain(inputs),
          failures: problems.map(({ property: path, reason }) => ({ property: path, reason })),
        };
      }),

    diff: (_id, olds: Properties, news: Properties) =>
      served("Comparing", () => {
        const before = argumentsOf(lifecycle, olds);
        const after = argumentsOf(lifecycle, news);
        const replaces = changedScopes(before, after);
        const same = lifecycle.declaresTheSame(before.settings, after.settings);
        // Left undefined, `changes` has the engine compare the inputs itself and show each of them.
        return replaces.length === 0 && same ? { changes: false } : { replaces };
      }),

    create: (inputs: Properties) =>
      served(
        "Creating",
        async () => {
          const state = await lifecycle.create(session, argumentsOf(lifecycle, inputs));
          return { id: state.id, outs: outputsOf(state) };
        },
        inputs,
      ),

    read: (id: string, props: Properties) =>
      served("Reading from Cloudflare", async () => {
        if (props[EXTERNAL] === true) {
          const state = await lifecycle.readExternal(session, id);
          return { id: state.id, props: { ...outputsOf(state), [EXTERNAL]: true } };
        }
        const state = await lifecycle.read(session, id, argumentsOf(lifecycle, props));
        // A blank id tells the engine that the resource is gone.
        if (state === undefined) return { id: "", props: {} };
        return { id: state.id, props: outputsOf(state), inputs: plain(state.inputs) };
      }),

    update: (id: string, _olds, news: Properties) =>
      served(
        "Updating",
        async () => {
          const state = await lifecycle.update(session, id, argumentsOf(lifecycle, news));
          return { outs: outputsOf(state) };
        },
        news,
      ),

    delete: (id: string) => served("Deleting", () => lifecycle.delete(session, id)),
  };
}

/** Runs an operation; whatever it throws is shaped for the engine, and all that it said has arrived. */
async function served<T>(
  doing: string,
  operation: () => T | Promise<T>,
  inputs: Properties = {},
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw error instanceof PartialFailure
      ? partialFailure(doing, error, inputs)
      : bare(doing, error);
  } finally {
    await flushLogs();
  }
}

/** Properties without the keys that are Pulumi's own business. */
function withoutHidden(properties: Properties): SettingValues {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** The arguments among inputs or outputs. */
function argumentsOf(lifecycle: ResourceLifecycle, properties: Properties): ResourceInputs {
  const { accountId, zoneId, settings } = splitInputs(properties);
  return {
    accountId,
    zoneId,
    settings: lifecycle.settingsIn(settings),
    unanswered: namesIn(properties[OMITTED]),
  };
}

/** A list of names in a state, which anyone may have edited. */
function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

function outputsOf({ inputs, computed, unanswered = [] }: ResourceState): Properties {
  const hidden = unanswered.length === 0 ? {} : { [OMITTED]: unanswered };
  return plain({ ...inputs, ...computed, ...hidden });
}

/** Only plain JSON may be returned: one undefined fails the call without naming a key, a frozen object too. */
function plain(properties: SettingValues): Properties {
  return JSON.parse(JSON.stringify(properties)) as Properties;
}

/** Keeps in state what exists; without `__provider` no later operation would find its way here. */
function partialFailure(doing: string, halfDone: PartialFailure, inputs: Properties): Error {
  const { state, reason } = halfDone;
  return Object.assign(bare(doing, halfDone), {
    id: state.id,
    properties: { ...outputsOf(state), __provider: inputs.__provider },
    reasons: [reason],
  });
}

/**
 * What a person can use of an error: its message. After a failed read, diff or check the SDK prints the
 * error and its stack besides, so both are made to say where to look.
 */
function bare(doing: string, error: unknown): Error {
  const shown = new Error(error instanceof Error ? error.message : String(error));
  return Object.assign(shown, {
    stack: "its own message says why",
    toString: () => `${doing} failed`,
  });
}
