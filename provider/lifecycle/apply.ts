import type { ApiResult, ApiRequest, CloudflareClient } from "../cloudflare/client.js";
import { Effort } from "../cloudflare/effort.js";
import { getSettings, liveObject } from "../cloudflare/endpoints.js";
import { CloudflareError, Outdated, isConflict } from "../cloudflare/error.js";
import { sleep } from "../cloudflare/sleep.js";
import { formatScope, type Scope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { sideEffects, omittedSettings, notApplied } from "../schema/verify.js";
import { missingForCreate, buildRequest, type BuildOptions } from "../schema/request-body.js";
import type { SettingValues, ApiObject } from "../schema/values.js";
import { decodeSettings, unknownMembersIn, apiNameIn } from "../schema/codec.js";
import { cancellation } from "./cancellation.js";
import type { Diagnostics } from "./diagnostics.js";
import { PartialFailure, type ResourceState } from "./resource.js";
import { isStale, recordWrite } from "./read-after-write.js";
import { runExclusive } from "./keyed-mutex.js";
import type { Context } from "./context.js";
import { managedState } from "./state.js";

/**
 * Brings the live object to what is stated: observe, plan, write, report. Creating and updating are
 * both this. Nothing is written when the live object already holds what is stated.
 *
 * @throws HalfDone where the object was made and what followed failed, or where it is not known whether
 *   a write arrived.
 */
export async function apply(
  kind: ResourceType,
  session: Context,
  target: Scope,
  stated: SettingValues,
): Promise<ResourceState> {
  const client = await session.client();
  const operation = new Application(kind, client, session.diagnostics, target, stated);
  return runExclusive(formatScope(target).toLowerCase(), () => operation.run());
}

/**
 * How old a look may be when the PUT that rests on it leaves, for the first time or again. There is no
 * version to write against, so what someone else sets between the two is lost: without a wait that is the
 * time of one request. A wait for the rate limit or for trouble to pass can be minutes, and then the object
 * is looked at anew.
 */
const FRESH_MS = 10_000;

/** So many looks in vain, and it is given up: others take every place before the turn comes. */
const MAX_LOOKS = 3;

/** How long to wait for an answer that shows what this process wrote before. */
const CATCH_UP_MS = 1_000;

/** An object as it was, and as it is. */
interface Written {
  readonly before: ApiObject;
  readonly after: ApiObject;
}

class Application {
  constructor(
    private readonly kind: ResourceType,
    private readonly client: CloudflareClient,
    private readonly diagnostics: Diagnostics,
    private readonly target: Scope,
    private readonly stated: SettingValues,
  ) {}

  async run(): Promise<ResourceState> {
    const live = await this.observe();
    if (live !== undefined) return this.report(await this.replace(live));
    const made = await this.make();
    try {
      return this.report(await this.replace(made)); // adds what only a PUT takes
    } catch (error) {
      if (error instanceof PartialFailure) throw error;
      throw new PartialFailure(this.shown(made), messageOf(error));
    }
  }

  private async observe(
    options: Pick<ApiRequest, "hurried" | "effort"> = {},
  ): Promise<ApiObject | undefined> {
    for (let looks = 1; ; looks += 1) {
      const live = await getSettings(this.client, this.kind.endpoint, this.target, options);
      if (!isStale(this.path, live)) return live;
      if (looks === MAX_LOOKS || !(await sleep(CATCH_UP_MS, cancellation())))
        throw new Error(
          `Cloudflare still answers with the ${this.name} as it was before the last write, so nothing more was written. Run again in a moment.`,
        );
    }
  }

  /** After a success: what is stated and goes unanswered is in force all the same. */
  private report(live: ApiObject): ResourceState {
    return this.shown(live, omittedSettings(this.kind.definition, this.stated, live));
  }

  /** What an answer shows. After a failure nothing else may count as in force, or it would not be repeated. */
  private shown(live: ApiObject, silentOn: readonly string[] = []): ResourceState {
    return managedState(this.kind, this.target, this.stated, live, silentOn);
  }

  /** Writes what differs, and answers the object as it is then. */
  private async replace(found: ApiObject): Promise<ApiObject> {
    const effort = new Effort();
    try {
      const { before, after } = await this.put(found, effort);
      if (effort.tries === 0) return after;
      // What a write without an answer disturbed shows only against the look before it.
      await this.warnOfDisturbed(effort.mayHaveArrived ? found : before, after);
      await this.warnOfUnheeded(after);
      return after;
    } catch (error) {
      if (effort.mayHaveArrived) throw await this.halfDone(found, error);
      throw error;
    }
  }

  /** Sends what differs from a look, and looks anew where that would leave too late. */
  private async put(before: ApiObject, effort: Effort, looks = 1): Promise<Written> {
    const { body } = this.plan("PUT", before);
    if (body === undefined) {
      if (effort.mayHaveArrived) recordWrite(this.path, before);
      return { before, after: before };
    }
    const { tries } = effort;
    const request: ApiRequest = { method: "PUT", path: this.path, body, freshForMs: FRESH_MS };
    try {
      return { before, after: await this.write({ ...request, effort }) };
    } catch (error) {
      if (!(error instanceof Outdated)) {
        effort.mayHaveArrived ||= mayHaveArrived(error);
        throw this.explained(error, body);
      }
    }
    // A try that failed has its own limits; to wait for a turn has none.
    const inVain = effort.tries === tries ? looks : 0;
    if (inVain === MAX_LOOKS)
      throw new Error(
        `Gave up writing to the ${this.name}: others use up Cloudflare's rate limit, and each time its turn came so late that it may have changed since it was looked at. Run again when there is less going on.`,
      );
    const now = await this.observe({ effort: effort.aside() });
    if (now !== undefined) return this.put(now, effort, inVain + 1);
    throw new Error(
      `Gave up writing to the ${this.name}: meanwhile Cloudflare answers that there is none. Run again to see what is there.`,
    );
  }

  private async make(): Promise<ApiObject> {
    this.requireWhatMakingNeeds();
    const { body = {} } = this.plan("POST", {});
    return this.post(body);
  }

  /** A write whose effect is not known: state keeps what can be seen now, and that it was left undone. */
  private async halfDone(before: ApiObject, error: unknown): Promise<PartialFailure> {
    const now = await this.observe({ hurried: true }).catch(() => undefined);
    return new PartialFailure(this.shown(now ?? before), messageOf(error));
  }

  private async post(body: ApiObject): Promise<ApiObject> {
    try {
      return await this.write({ method: "POST", path: this.path, body });
    } catch (error) {
      // Someone else may have made it meanwhile, or the POST arrived and its answer did not:
      // it is never repeated, but looked for.
      if (!isConflict(error) && !mayHaveArrived(error)) throw error;
      const made = await this.observe().catch(() => undefined);
      if (made === undefined) throw error;
      return made;
    }
  }

  private async write(request: ApiRequest): Promise<ApiObject> {
    const answer = await this.client.send(request);
    await this.pass(answer);
    const { result = null } = answer;
    const shown = result === null ? undefined : liveObject(this.kind.endpoint, this.path, result);
    const written = shown ?? (await this.observe());
    if (written !== undefined) {
      recordWrite(this.path, written);
      return written;
    }
    throw new Error(
      `Cloudflare accepted ${request.method} ${request.path}, but then answered that there is no ${this.kind.definition.displayName}. Run again to see what is there.`,
    );
  }

  private plan(verb: BuildOptions["method"], live: ApiObject) {
    const { definition } = this.kind;
    const { kind: scopeKind } = this.target;
    const { neverSend } = this.client;
    const result = buildRequest({
      definition,
      kind: scopeKind,
      method: verb,
      live,
      stated: this.stated,
      neverSend,
    });
    const unmet =
      result.body && this.kind.unmetRequirements(decodeSettings(definition, result.body));
    if (unmet !== undefined && unmet.length > 0)
      throw new Error(
        [
          `Nothing was written to the ${this.name}, since its settings would contradict each other:`,
          ...unmet.map(({ property: path, reason }) => `  ${path}: ${reason}`),
        ].join("\n"),
      );
    return result;
  }

  private requireWhatMakingNeeds(): void {
    const { definition } = this.kind;
    const missing = missingForCreate(definition, this.stated);
    if (missing.length > 0)
      throw new Error(
        `There is no ${definition.displayName} on ${formatScope(this.target)} yet, and to have it made the program must state ${missing.join(" and ")}. If it should exist, check the id; Zero Trust is enabled for an account by picking a plan in the dashboard.`,
      );
  }

  /** Where a refusal may come from keys that nobody here knows, they are named, and the way out. */
  private explained(error: unknown, body: ApiObject): unknown {
    const INVALID_CONFIG = 12062;
    if (!CloudflareError.is(error) || !error.codes.includes(INVALID_CONFIG)) return error;
    const suspects = this.suspects(body, wordsOf(error));
    if (suspects.length === 0) return error;
    return new Error(
      `${error.message}\nThe body held settings that this release does not know, as Cloudflare answered them: ${suspects.join(", ")}. If they are at fault, have them left out: CLOUDFLARE_ZERO_TRUST_NEVER_SEND=${suspects.join(",")} in the environment, zerotrust:neverSend in the stack's configuration, or neverSend of the Provider.`,
    );
  }

  /** The echoed unknown keys and members that the API blames, or all of them where it blames no key at all. */
  private suspects(body: ApiObject, words: ReadonlySet<string>): string[] {
    const { definition } = this.kind;
    const { additionalSettings } = decodeSettings(definition, body);
    const stated = this.stated.additionalSettings ?? {};
    const keys = Object.keys(additionalSettings ?? {}).filter((key) => !Object.hasOwn(stated, key));
    const members = [...unknownMembersIn(definition, body)].flatMap(([name, untyped]) => {
      const setting = definition.settings[name];
      const key = setting === undefined ? name : apiNameIn(body, setting);
      return Object.keys(untyped).map((member) => `${key}.${member}`);
    });
    const unknown = [...keys, ...members];
    // Any sentence may hold the word `name`, whatever it is about.
    const isBlamable = (key: string) => key !== "name" || this.stated.name !== undefined;
    const blamesAny = Object.keys(body).some((key) => words.has(key) && isBlamable(key));
    const isBlamed = (name: string) => name.split(".").every((part) => words.has(part));
    return blamesAny ? unknown.filter(isBlamed) : unknown;
  }

  private async warnOfUnheeded(after: ApiObject): Promise<void> {
    const paths = notApplied(this.kind.definition, this.stated, after).map(({ path }) => path);
    if (paths.length > 0)
      await this.diagnostics.warn(
        `Cloudflare took the settings of the ${this.name}, but does not show these as stated: ${paths.join(", ")}.`,
      );
  }

  private async warnOfDisturbed(before: ApiObject, after: ApiObject): Promise<void> {
    const paths = sideEffects(this.kind.definition, this.stated, before, after);
    if (paths.length > 0)
      await this.diagnostics.warn(
        `Something that the program does not state changed on the ${this.name} with this write: ${paths.join(", ")}. Look at it in the dashboard.`,
      );
  }

  private async pass({ messages }: ApiResult): Promise<void> {
    for (const { code, text } of messages)
      await this.diagnostics.info(
        `Cloudflare says: ${text}${code === undefined ? "" : ` (${code})`}`,
      );
  }

  private get path(): string {
    return this.kind.endpoint.path(this.target);
  }

  private get name(): string {
    return `${this.kind.definition.displayName} of ${formatScope(this.target)}`;
  }
}

/** Whether a write may have taken effect, although it failed. */
function mayHaveArrived(error: unknown): boolean {
  if (!CloudflareError.is(error)) return true; // it was accepted, and its answer made no sense
  const { status, failure } = error;
  return status === undefined || status === 408 || status >= 500 || failure.trouble !== undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The words in which the API gives its reasons; the names of fields are among them. */
function wordsOf({ failure }: CloudflareError): Set<string> {
  const texts = failure.errors.flatMap(({ chain }) => chain.map(({ text }) => text));
  return new Set(texts.flatMap((text) => text.split(/[^A-Za-z0-9_]+/)));
}
