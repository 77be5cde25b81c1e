import { getSettings } from "../cloudflare/endpoints.js";
import { formatTarget, requireTarget } from "../cloudflare/target.js";
import { statesTheSame } from "../model/managed.js";
import { argumentNames } from "../model/names.js";
import { apply } from "./apply.js";
import { targetOf } from "./arguments.js";
import { check } from "./check.js";
import type { SettingsKind } from "./kind.js";
import type { ResourceLifecycle } from "./resource.js";
import { managedState, wholeState } from "./state.js";

/** The lifecycle of a settings object: it exists before and after the program, and is never deleted. */
export function settingsLifecycle(kind: SettingsKind): ResourceLifecycle {
  const { description, endpoint } = kind;
  const { noun } = description;
  return {
    noun,
    argumentNames: argumentNames(description),
    check: (args, unknown, diagnostics) => check(kind, args, unknown, diagnostics),
    statesTheSame: (before, after) => statesTheSame(description, before, after),

    create: (session, args) => apply(kind, session, targetOf(args), args.settings),

    async read(session, id, args) {
      const target = requireTarget(id, noun);
      const live = await getSettings(await session.client(), endpoint, target);
      if (live !== undefined) return managedState(kind, target, args.settings, live);
      await session.diagnostics.info(
        `Cloudflare says that there is no ${noun} on ${id} any more: dropped from Pulumi's state.`,
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
        `The ${noun} of ${id} cannot be deleted through the API: dropped from Pulumi's state only, and left as it is.`,
      ),
  };
}
