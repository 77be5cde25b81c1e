import { getSettings } from "../cloudflare/endpoints.js";
import { formatTarget, requireTarget } from "../cloudflare/target.js";
import type { SettingsKind } from "../kinds/kind.js";
import { unanswered } from "../model/aftermath.js";
import { statesTheSame } from "../model/managed.js";
import type { WireObject } from "../model/values.js";
import { apply } from "./apply.js";
import { separate, settingsIn, targetOf, type Arguments } from "./arguments.js";
import { check } from "./check.js";
import { foretell } from "./foretell.js";
import { warnOfOverlap } from "./overlap.js";
import type { ResourceLifecycle } from "./resource.js";
import { managedState, wholeState } from "./state.js";

/** The lifecycle of a settings object: it exists before and after the program, and is never deleted. */
export function settingsLifecycle(kind: SettingsKind): ResourceLifecycle {
  const { description, endpoint } = kind;
  const { noun } = description;
  return {
    noun,
    settingsIn: (properties) => settingsIn(description, properties),

    async check(args, context) {
      const checked = await check(kind, args, context);
      if (checked.problems.length > 0) return checked;
      const stated = separate(checked.inputs);
      await warnOfOverlap(kind, stated, context);
      if (context.preview) await foretell(kind, stated, context);
      return checked;
    },

    statesTheSame: (before, after) => statesTheSame(description, before, after),

    create: (session, args) => apply(kind, session, targetOf(args), args.settings),

    async read(session, id, args) {
      const target = requireTarget(id, noun);
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

    async look(session, id) {
      const target = requireTarget(id, noun);
      const live = await getSettings(await session.client(), endpoint, target);
      if (live === undefined) throw new Error(`There is no ${noun} on ${formatTarget(target)}.`);
      return wholeState(kind, target, live);
    },

    update: (session, _id, args) => apply(kind, session, targetOf(args), args.settings),

    delete: (session, id) =>
      session.diagnostics.info(
        `The ${noun} of ${id} cannot be deleted through the API: dropped from Pulumi's state only, and nothing changes there.`,
      ),
  };
}

/** An answer is no sign of drift where it was silent after the write too; an empty one is: nothing is set. */
function stillUnanswered(kind: SettingsKind, args: Arguments, live: WireObject): string[] {
  if (Object.keys(live).length === 0) return [];
  const before = args.unanswered ?? [];
  return unanswered(kind.description, args.settings, live).filter((name) => before.includes(name));
}
