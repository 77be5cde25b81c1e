import type { dynamic } from "@pulumi/pulumi";
import { messageOf } from "../cloudflare/error.js";
import { versionIn } from "../schema/codec.js";
import { changedScopes } from "../schema/input-names.js";
import { EXTERNAL, OMITTED, PROGRAM_FACTS } from "../schema/state-contract.js";
import { isObject, type SettingValues } from "../schema/values.js";
import { parseInputs } from "./inputs.js";
import { flushLogs, openContext, type Context } from "./context.js";
import {
  PartialFailure,
  type RecordedState,
  type ResourceLifecycle,
  type ResourceState,
} from "./resource.js";

/*
 * The adapter between a lifecycle and Pulumi's dynamic providers: hidden keys, what may be returned, the
 * form of errors. Beside it, only the log in `context.ts` and `cancellation.ts` know the engine's plugin process.
 */

type Properties = Record<string, unknown>;

/** Serves a lifecycle as a dynamic provider. */
export function dynamicProvider(lifecycle: ResourceLifecycle): dynamic.ResourceProvider {
  const { definition } = lifecycle;
  let context: Context = openContext(() => undefined);

  /** What state records: the dynamic protocol hands over old outputs, and never old inputs. */
  const recordedIn = (id: string, outputs: Properties): RecordedState => ({
    id,
    inputs: parseInputs(definition, outputs),
    version: versionIn(definition, outputs),
    omitted: stringsIn(outputs[OMITTED]),
  });

  return {
    // Nothing is awaited here: the SDK lets other calls through before `configure` is done.
    configure({ config }) {
      context = openContext((key) => config.get(key));
      return Promise.resolve();
    },

    check: (olds: Properties, news: Properties) =>
      serve("Checking", async () => {
        const { [PROGRAM_FACTS]: facts } = news;
        const { resource, registration, isPreview, secrets, ignoreChanges } = isObject(facts)
          ? facts
          : {};
        const { inputs, failures } = await lifecycle.check(withoutHidden(news), {
          context,
          before: withoutHidden(olds),
          resource: typeof resource === "string" ? resource : undefined,
          registration,
          isPreview: isPreview === true,
          secrets: stringsIn(secrets),
          ignoreChanges: stringsIn(ignoreChanges),
        });
        return { inputs: plain(inputs), failures: [...failures] };
      }),

    diff: (_id, olds: Properties, news: Properties) =>
      serve("Comparing", () => {
        const replaces = changedScopes(olds, news);
        // The state of another provider: an update replaces its code with ours.
        if (olds.__provider !== news.__provider) return { changes: true, replaces };
        const before = parseInputs(definition, olds);
        const after = parseInputs(definition, news);
        const isSame = lifecycle.declaresTheSame(before.settings, after.settings);
        // Without `changes`, the engine compares the inputs itself and shows each of them.
        return replaces.length === 0 && isSame ? { changes: false } : { replaces };
      }),

    create: (inputs: Properties) =>
      serve(
        "Creating",
        async () => {
          const state = await lifecycle.apply(context, parseInputs(definition, inputs));
          return { id: state.id, outs: outputsOf(state) };
        },
        inputs,
      ),

    read: (id: string, outputs: Properties) =>
      serve("Reading from Cloudflare", async () => {
        if (outputs[EXTERNAL] === true) {
          const state = await lifecycle.readExternal(context, id);
          return { id: state.id, props: { ...outputsOf(state), [EXTERNAL]: true } };
        }
        const state = await lifecycle.read(context, recordedIn(id, outputs));
        // A blank id tells the engine that the resource does not exist.
        if (state === undefined) return { id: "", props: {} };
        return { id: state.id, props: outputsOf(state), inputs: plain(state.inputs) };
      }),

    update: (id: string, olds: Properties, news: Properties) =>
      serve(
        "Updating",
        async () => {
          const inputs = parseInputs(definition, news);
          const state = await lifecycle.apply(context, inputs, recordedIn(id, olds));
          return { outs: outputsOf(state) };
        },
        news,
      ),

    delete: (id: string) => serve("Deleting", () => lifecycle.delete(context, id)),
  };
}

/** Runs an operation. Its errors get the form that the engine needs, and its log lines are delivered. */
async function serve<T>(
  activity: string,
  operation: () => T | Promise<T>,
  inputs: Properties = {},
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw error instanceof PartialFailure
      ? partialFailure(activity, error, inputs)
      : readableError(activity, error);
  } finally {
    await flushLogs();
  }
}

/** Properties without the keys that belong to Pulumi or to this adapter. */
function withoutHidden(properties: Properties): SettingValues {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** A list of strings in properties that anyone may have edited. */
function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function outputsOf({ inputs, computed, omitted = [] }: ResourceState): Properties {
  const hidden = omitted.length === 0 ? {} : { [OMITTED]: omitted };
  return plain({ ...inputs, ...computed, ...hidden });
}

/**
 * A copy as plain JSON. The SDK fails on `undefined` without naming the key, and it adds `__provider` to what
 * is returned, so the object must not be frozen.
 */
function plain(properties: SettingValues): Properties {
  return JSON.parse(JSON.stringify(properties)) as Properties;
}

/** Keeps in state what exists. Without `__provider`, no later operation would find this code. */
function partialFailure(activity: string, failure: PartialFailure, inputs: Properties): Error {
  const { state, message } = failure;
  return Object.assign(readableError(activity, failure), {
    id: state.id,
    properties: { ...outputsOf(state), __provider: inputs.__provider },
    reasons: [message],
  });
}

/**
 * An error that prints its message only. After a failed read, diff or check, the SDK also prints the
 * error and its stack, so both point to the message.
 */
function readableError(activity: string, error: unknown): Error {
  const shown = new Error(messageOf(error));
  return Object.assign(shown, {
    stack: "the error message of the resource says why",
    toString: () => `${activity} failed`,
  });
}
