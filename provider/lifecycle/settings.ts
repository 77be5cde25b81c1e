import { getSettings } from "../cloudflare/endpoints.js";
import { formatScope, requireScope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { omittedSettings } from "../schema/verify.js";
import { declaresTheSame } from "../schema/managed-fields.js";
import type { ApiObject } from "../schema/values.js";
import { apply } from "./apply.js";
import { splitInputs, settingsIn, scopeOf, type ResourceInputs } from "./inputs.js";
import { check } from "./check.js";
import { warnInPreview } from "./preview-warnings.js";
import { warnOfFieldConflicts } from "./field-conflicts.js";
import type { ResourceLifecycle } from "./resource.js";
import { managedState, wholeState } from "./state.js";

/** The lifecycle of a settings object: it exists before and after the program, and is never deleted. */
export function settingsLifecycle(kind: ResourceType): ResourceLifecycle {
  const { definition, endpoint } = kind;
  const { displayName: noun } = definition;
  return {
    noun,
    settingsIn: (properties) => settingsIn(definition, properties),

    async check(args, context) {
      const checked = await check(kind, args, context);
      if (checked.problems.length > 0) return checked;
      const stated = splitInputs(checked.inputs);
      await warnOfFieldConflicts(kind, stated, context);
      if (context.preview) await warnInPreview(kind, stated, context);
      return checked;
    },

    declaresTheSame: (before, after) => declaresTheSame(definition, before, after),

    create: (session, args) => apply(kind, session, scopeOf(args), args.settings),

    async read(session, id, args) {
      const target = requireScope(id, noun);
      const live = await getSettings(await session.client(), endpoint, target);
      if (live !== undefined) {
        const silentOn = stillUnanswered(kind, args, live);
        return managedState(kind, target, args.settings, live, silentOn);
      }
      await session.diagnostics.info(
        `Cloudflare says that there is no ${noun} on ${id} any more: a refresh drops it from Pulumi's state.`,
      );
      return undefined;
    },

    async readExternal(session, id) {
      const target = requireScope(id, noun);
      const live = await getSettings(await session.client(), endpoint, target);
      if (live === undefined) throw new Error(`There is no ${noun} on ${formatScope(target)}.`);
      return wholeState(kind, target, live);
    },

    update: (session, _id, args) => apply(kind, session, scopeOf(args), args.settings),

    delete: (session, id) =>
      session.diagnostics.info(
        `The ${noun} of ${id} cannot be deleted through the API: dropped from Pulumi's state only, and nothing changes there.`,
      ),
  };
}

/** An answer is no sign of drift where it was silent after the write too; an empty one is: nothing is set. */
function stillUnanswered(kind: ResourceType, args: ResourceInputs, live: ApiObject): string[] {
  if (Object.keys(live).length === 0) return [];
  const before = args.unanswered ?? [];
  return omittedSettings(kind.definition, args.settings, live).filter((name) =>
    before.includes(name),
  );
}
