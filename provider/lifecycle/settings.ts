import { getSettings } from "../cloudflare/endpoints.js";
import { RetryableError } from "../cloudflare/error.js";
import {
  describeScope,
  formatScope,
  parseScope,
  scopeFromId,
  type Scope,
} from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { decodeLive, type LiveObject } from "../schema/codec.js";
import { declaresTheSame, liveInputs, omittedFields } from "../schema/managed-fields.js";
import { apply } from "./apply.js";
import { check } from "./check.js";
import type { Context } from "./context.js";
import { warnOfFieldConflicts } from "./field-conflicts.js";
import { parseInputs, requireScope, scopeInput } from "./inputs.js";
import { checkInPreview } from "./preview-warnings.js";
import { isStale } from "./read-after-write.js";
import { optionsOf, recordOptions } from "./resource-options.js";
import type { RecordedState, ResourceLifecycle, ResourceState } from "./resource.js";

/** The lifecycle of a settings object: it exists before and after the program, and is never deleted. */
export function settingsLifecycle(type: ResourceType): ResourceLifecycle {
  const { definition } = type;
  const { displayName } = definition;
  return {
    definition,

    async check(given, context) {
      const checked = await check(type, given, context);
      if (checked.failures.length > 0) return checked;
      const { secrets, ignoreChanges } = context;
      recordOptions(type.name, checked.inputs, { secrets, ignoreChanges });
      const inputs = parseInputs(definition, checked.inputs);
      await warnOfFieldConflicts(type, inputs, context);
      if (!context.isPreview) return checked;
      return { ...checked, failures: await checkInPreview(type, inputs, context) };
    },

    declaresTheSame: (before, after) => declaresTheSame(definition, before, after),

    async apply(context, inputs, recorded) {
      const scope = requireScope(inputs);
      const declared = inputs.settings;
      const options = optionsOf(type.name, { ...scopeInput(scope), ...declared });
      return apply(context, { type, scope, declared, recorded, options });
    },

    async read(context, recorded) {
      const { inputs } = recorded;
      const scope = inputs.scope ?? scopeFromId(definition, recorded.id);
      const live = await readLive(context, type, scope, recorded.version);
      if (live !== undefined) {
        const omitted = stillOmitted(type, recorded, live);
        const kept = Object.fromEntries(omitted.map((name) => [name, inputs.settings[name]]));
        const settings = liveInputs(definition, inputs.settings, live.settings);
        return {
          id: formatScope(scope),
          inputs: { ...scopeInput(scope), ...settings, ...kept },
          computed: live.computed,
          omitted,
        };
      }
      await context.diagnostics.info(
        `Cloudflare responded that the ${displayName} of ${describeScope(scope)} does not exist. A refresh removes the resource from Pulumi's state.`,
      );
      return undefined;
    },

    async readExternal(context, id): Promise<ResourceState> {
      const scope = scopeFromId(definition, id);
      const client = await context.client();
      const object = await getSettings(client, type.endpoint, scope);
      if (object === undefined)
        throw new Error(`The ${displayName} of ${describeScope(scope)} does not exist.`);
      const { settings, computed } = decodeLive(definition, object);
      return { id: formatScope(scope), inputs: { ...scopeInput(scope), ...settings }, computed };
    },

    async delete(context, id) {
      const scope = parseScope(id);
      const owner = scope === undefined ? id : describeScope(scope);
      await context.diagnostics.info(
        `No API call; the ${displayName} of ${owner} ${displayName.endsWith("s") ? "are" : "is"} unchanged.`,
      );
    },
  };
}

/**
 * Reads the object of a managed resource. A stale response is read again within the retry budget, and then
 * accepted with a warning: a read must end.
 */
async function readLive(
  context: Context,
  type: ResourceType,
  scope: Scope,
  version: string | undefined,
): Promise<LiveObject | undefined> {
  const { definition, endpoint } = type;
  const path = endpoint.path(scope);
  const client = await context.client();
  let stale: LiveObject | undefined;
  try {
    return await client.sequence(1, async (sender) => {
      const object = await getSettings(sender, endpoint, scope);
      const live = object && decodeLive(definition, object);
      if (!isStale(path, live, version)) return live;
      stale = live;
      throw new RetryableError("The response is older than the last change.");
    });
  } catch (error) {
    if (stale === undefined || !(error instanceof RetryableError)) throw error;
    await context.diagnostics.warn(
      `Cloudflare returns an older version of the ${definition.displayName} of ${describeScope(scope)} than the one that Pulumi's state records. The refresh uses it. Run \`pulumi refresh\` again in a moment.`,
    );
    return stale;
  }
}

/** What the response to the write lacked may be missing from later responses, too. An empty object means unset. */
function stillOmitted(type: ResourceType, recorded: RecordedState, { raw }: LiveObject): string[] {
  if (Object.keys(raw).length === 0) return [];
  const { inputs, omitted } = recorded;
  return omittedFields(type.definition, inputs.settings, raw, omitted).map(({ input }) => input);
}
