import { isDeepStrictEqual } from "node:util";
import { getSettings } from "../cloudflare/endpoints.js";
import { CloudflareError } from "../cloudflare/cloudflare-error.js";
import { isRejectedCredential, messageOf } from "../cloudflare/error.js";
import { describeScope } from "../cloudflare/scope.js";
import type { CloudflareClient } from "../cloudflare/client.js";
import type { ResourceType } from "../registry.js";
import type { InputFailure } from "../schema/input-failure.js";
import { isBlank } from "../schema/equality.js";
import { formatValue } from "../schema/format-value.js";
import { decodeLive, type LiveObject } from "../schema/codec.js";
import { isEmptyObject } from "../schema/managed-fields.js";
import { buildRequest, missingForCreate, type WriteRequest } from "../schema/request-body.js";
import {
  declaredChanges,
  noLongerManaged,
  riskWarning,
  riskyChanges,
  type PreviewedChange,
} from "../schema/risks.js";
import { UNKNOWN, type SettingValues } from "../schema/values.js";
import { parseInputs } from "./inputs.js";
import type { CheckContext, ResourceInputs } from "./resource.js";

/**
 * Warns in a preview about what the diff does not show: the live values that a creation overwrites, and
 * risky changes. Returns failures if the deployment cannot succeed.
 */
export async function checkInPreview(
  type: ResourceType,
  inputs: ResourceInputs,
  context: CheckContext,
): Promise<InputFailure[]> {
  const preview = new Preview(type, inputs, context);
  const before = parseInputs(type.definition, context.before);
  const isNew = inputs.scope === undefined || !isDeepStrictEqual(before.scope, inputs.scope);
  if (isNew) return preview.creation();
  await preview.update(before.settings);
  return [];
}

const ADDITIONAL = "additionalSettings";

/** What was warned about in this process: the engine checks a resource that it replaces twice. */
const warned = new Set<string>();

class Preview {
  constructor(
    private readonly type: ResourceType,
    private readonly inputs: ResourceInputs,
    private readonly context: CheckContext,
  ) {}

  async update(before: SettingValues): Promise<void> {
    const { definition } = this.type;
    const { settings } = this.inputs;
    const changes = declaredChanges(definition, before, settings);
    await this.#warnOfRisks(changes);
    await this.#warnOfClearedObjects(changes);
    for (const { path, setting, value } of noLongerManaged(definition, before, settings)) {
      // The value may have been a secret, unless it is a boolean.
      const kept =
        value === true ? "keeps its live value (last deployed true)" : "keeps its live value";
      const toClear =
        setting.type === "boolean"
          ? " To switch it off, declare false."
          : setting.required === true
            ? "" // it cannot be cleared
            : " To clear it, declare it empty.";
      await this.#warn(`${path} is no longer managed and ${kept}.${toClear}`);
    }
  }

  async creation(): Promise<InputFailure[]> {
    const { scope, settings } = this.inputs;
    if (scope === undefined) {
      await this.#info(
        `The account${this.type.definition.scopes.includes("zones") ? " or zone" : ""} is not known until deployment, so changes to its live ${this.type.definition.displayName} cannot be shown.`,
      );
      await this.#warnOfRisks(declaredChanges(this.type.definition, {}, settings));
      return [];
    }
    const { registration } = this.context;
    const key = `${String(registration)} ${this.type.endpoint.path(scope)}`;
    if (registration !== undefined && warned.has(key)) return [];
    warned.add(key);

    let client: CloudflareClient;
    try {
      client = await this.context.context.client();
    } catch (error) {
      return [{ property: "", reason: messageOf(error) }]; // wrong configuration fails the deployment, too
    }
    let live: LiveObject | undefined;
    try {
      const sender = { send: client.sendOnce.bind(client) };
      const object = await getSettings(sender, this.type.endpoint, scope);
      live = object && decodeLive(this.type.definition, object);
    } catch (error) {
      if (CloudflareError.is(error) && isRejectedCredential(error))
        return [{ property: "", reason: error.message }];
      await this.#warn(
        `Cannot read the live ${this.#name}, so this preview does not show what will change in it.\n${messageOf(error)}`,
      );
      return [];
    }
    const request = buildRequest({
      definition: this.type.definition,
      kind: scope.kind,
      live,
      declared: settings,
      neverSend: client.neverSend,
    });
    if (live === undefined) await this.#warnOfMissingObject();
    else await this.#reportOverwrites(live, request);
    await this.#warnOfUnmetRequirements(request);
    return [];
  }

  async #warnOfMissingObject(): Promise<void> {
    const missing = missingForCreate(this.type.definition, this.inputs.settings);
    if (missing.length === 0)
      return this.#info(`The ${this.#name} does not exist yet. The deployment creates it.`);
    return this.#warn(
      `The ${this.#name} does not exist yet, and the program does not declare ${missing.join(" and ")}. The deployment fails unless something creates it before. To create it, declare ${missing.join(" and ")}.`,
    );
  }

  async #reportOverwrites(live: LiveObject, request: WriteRequest): Promise<void> {
    const { settings } = this.inputs;
    // The additional settings are not known, so the request has none of them.
    const additional =
      settings[ADDITIONAL] === UNKNOWN
        ? [{ path: ADDITIONAL, input: ADDITIONAL, from: live.settings[ADDITIONAL], to: UNKNOWN }]
        : [];
    const changes: PreviewedChange[] = [...request.changes, ...additional];
    const object = `${this.#name}${this.#identityOf(live)}`;
    if (changes.length === 0)
      return this.#info(`Adopts the live ${object}. Its live values are already as declared.`);
    const lines = changes.map((change) => {
      const impacts = riskyChanges(this.type.definition, [change]).map(
        ({ risk }) => ` ${this.#isUnknown(change.to) ? "Possible impact: " : ""}${risk.impact}.`,
      );
      const values = `${change.path}: ${this.#values(change).join(" → ")}`;
      return `  ${values}${impacts.length === 0 ? "" : `.${impacts.join("")}`}`;
    });
    const cleared = this.#clearedInputs(changes);
    return this.#warn(
      [
        `Overwrites these live values of the ${object}; all others stay unchanged:`,
        ...lines,
        ...cleared.map(
          (name) => `  ${name} is declared as {}, which clears all of its properties.`,
        ),
      ].join("\n"),
    );
  }

  /** The objects that are declared empty and lose live members. */
  #clearedInputs(changes: readonly PreviewedChange[]): string[] {
    const members = changes.filter(({ path, input }) => path !== input);
    const inputs = new Set(members.map(({ input }) => input));
    return [...inputs].filter(
      (input) => input !== ADDITIONAL && isEmptyObject(this.inputs.settings[input]),
    );
  }

  async #warnOfClearedObjects(changes: readonly PreviewedChange[]): Promise<void> {
    for (const name of this.#clearedInputs(changes))
      await this.#warn(
        `${name} is declared as {}, which clears all of its properties, including those that the program never declared.`,
      );
  }

  #identityOf(live: LiveObject): string {
    const known: SettingValues = { ...live.settings, ...live.computed };
    const values = this.type.identifyingNames
      .filter((name) => !isBlank(known[name]) && !this.context.secrets.includes(name))
      .map((name) => `${name} ${this.#format(known[name])}`);
    return values.length === 0 ? "" : ` (${values.join(", ")})`;
  }

  async #warnOfUnmetRequirements({ body = {} }: WriteRequest): Promise<void> {
    const { settings } = this.inputs;
    // A value that is not known yet may be the missing one.
    if (this.#isUnknown(settings)) return;
    for (const { property, reason } of this.type.unmetRequirements(body))
      await this.#warn(`${property}: ${reason}. Cloudflare may reject the request without it.`);
  }

  async #warnOfRisks(changes: readonly PreviewedChange[]): Promise<void> {
    const { registration } = this.context;
    for (const risky of riskyChanges(this.type.definition, changes)) {
      const key = `${String(registration)} ${risky.change.path} ${risky.risk.when}`;
      if (registration !== undefined && warned.has(key)) continue;
      warned.add(key);
      const [, into] = this.#values(risky.change);
      await this.#warn(riskWarning(risky, into));
    }
  }

  /** Both sides of a change; neither if the input is secret. */
  #values({ input, from, to }: PreviewedChange): [string, string] {
    if (this.context.secrets.includes(input)) return ["[secret]", "[secret]"];
    return [this.#format(from), this.#format(to)];
  }

  #format(value: unknown): string {
    return this.#isUnknown(value) ? "(not known yet)" : formatValue(value);
  }

  #isUnknown(value: unknown): boolean {
    return value !== undefined && JSON.stringify(value).includes(UNKNOWN);
  }

  get #name(): string {
    const { definition } = this.type;
    const { scope } = this.inputs;
    return scope === undefined
      ? definition.displayName
      : `${definition.displayName} of ${describeScope(scope)}`;
  }

  #warn(message: string): Promise<void> {
    return this.context.context.diagnostics.warn(`${this.#prefix}${message}`);
  }

  #info(message: string): Promise<void> {
    return this.context.context.diagnostics.info(`${this.#prefix}${message}`);
  }

  get #prefix(): string {
    const { resource } = this.context;
    return resource === undefined ? "" : `${resource}: `;
  }
}
