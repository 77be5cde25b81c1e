import type { ApiResult, CloudflareClient, Sender } from "../cloudflare/client.js";
import { getSettings, objectIn } from "../cloudflare/endpoints.js";
import { isConflict, mayBeApplied, messageOf, RetryableError } from "../cloudflare/error.js";
import { describeScope, formatScope, type Scope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { withCarriedOutputs, decodeLive, type LiveObject } from "../schema/codec.js";
import { isEmptyObject, omittedFields, withoutFields } from "../schema/managed-fields.js";
import { buildRequest, missingForCreate, type WriteRequest } from "../schema/request-body.js";
import type { SettingValues } from "../schema/values.js";
import { missingFrom, notApplied, sideEffects } from "../schema/verify.js";
import { explainRejection } from "./explain-rejection.js";
import { scopeInput } from "./inputs.js";
import { runExclusive } from "./keyed-mutex.js";
import { isStale, recordWrite } from "./read-after-write.js";
import { PartialFailure, type RecordedState, type ResourceState } from "./resource.js";
import type { ResourceOptions } from "./resource-options.js";
import type { Context } from "./context.js";
import { WriteLog } from "./write-log.js";

/** What an operation applies, and to which object. */
export interface ApplyRequest {
  readonly type: ResourceType;
  readonly scope: Scope;
  readonly declared: SettingValues;
  /** What state records; undefined on create. */
  readonly recorded: RecordedState | undefined;
  /** Undefined if they are not known. */
  readonly options: ResourceOptions | undefined;
}

/**
 * Creates or updates: read → build request → write → verify. The whole sequence is the unit of retry, so
 * that every write rests on a read just before it. Writes nothing if the live object is as declared.
 *
 * @throws PartialFailure if something may have been applied before the failure.
 */
export async function apply(context: Context, request: ApplyRequest): Promise<ResourceState> {
  const client = await context.client();
  const reconciliation = new Reconciliation(client, context, request);
  // One key for all resources of an account or zone: the API does not say that their writes are independent.
  return runExclusive(formatScope(request.scope), () => reconciliation.run());
}

/** The GET and the PUT of an update. A creation acquires a permit for each further request. */
const USUAL_REQUESTS = 2;

/** One write of an operation. */
interface Write {
  readonly method: "POST" | "PUT";
  readonly request: WriteRequest;
  /** What the read before the write returned. */
  readonly before: LiveObject | undefined;
}

class Reconciliation {
  readonly path: string;
  readonly #log: WriteLog;
  /** The newest live object that a response showed. */
  #live: LiveObject | undefined;
  /** The last write that may have been applied and that no response has confirmed. */
  #unconfirmed: Write | undefined;
  /** Whether a POST of this operation created the object. */
  #isCreated = false;

  constructor(
    private readonly client: CloudflareClient,
    private readonly context: Context,
    private readonly request: ApplyRequest,
  ) {
    const { type, scope, options } = request;
    this.path = type.endpoint.path(scope);
    this.#log = new WriteLog(context.diagnostics, type, scope, options?.secrets);
  }

  async run(): Promise<ResourceState> {
    try {
      return await this.client.sequence(USUAL_REQUESTS, (sender) => this.#attempt(sender));
    } catch (error) {
      throw this.#unconfirmed !== undefined || this.#isCreated
        ? this.#partialFailure(error)
        : error;
    }
  }

  async #attempt(client: Sender): Promise<ResourceState> {
    const before = await this.#read(client);
    if (before === undefined) return this.#update(client, undefined, await this.#create(client));
    if (
      this.#unconfirmed?.method === "POST" &&
      this.#liveMatchesPost(this.#unconfirmed.request, before)
    )
      this.#isCreated = true;
    return this.#update(client, before, before);
  }

  /** Whether the live object shows all that a POST sent. Otherwise someone else created it. */
  #liveMatchesPost({ changes }: WriteRequest, live: LiveObject): boolean {
    const { type, declared } = this.request;
    const { settings } = type.definition;
    const sent = changes.filter(({ input }) => settings[input]?.putOnly !== true);
    const paths = new Set(sent.map(({ path }) => path));
    return notApplied(type.definition, declared, paths, live).length === 0;
  }

  /** Reads the live object; undefined if it does not exist. */
  async #read(client: Sender): Promise<LiveObject | undefined> {
    const { type, scope, recorded } = this.request;
    const object = await getSettings(client, type.endpoint, scope);
    const live = object && decodeLive(type.definition, object);
    const isMissing = live === undefined && this.#isCreated;
    if (isMissing || isStale(this.path, live, recorded?.version)) {
      const isUntouched = this.#unconfirmed === undefined && !this.#isCreated;
      throw new RetryableError(
        `Cannot update the ${type.definition.displayName} of ${describeScope(scope)}: Cloudflare still returns it as it was before its last change.${isUntouched ? " Nothing was written." : ""} Run again in a moment.`,
      );
    }
    this.#live = live;
    return live;
  }

  /** Reads once more after a successful write. A failure of this read does not fail the operation. */
  async #readIfPossible(client: Sender): Promise<LiveObject | undefined> {
    return this.#read(client).catch(() => undefined);
  }

  async #create(client: Sender): Promise<LiveObject> {
    const { type, scope, declared } = this.request;
    const { definition } = type;
    const missing = missingForCreate(definition, declared);
    if (missing.length > 0)
      throw new Error(
        `The ${definition.displayName} of ${describeScope(scope)} does not exist yet. To create it, declare ${missing.join(" and ")}. If it should exist, check the id. Zero Trust is enabled for an account by choosing a plan in the dashboard.`,
      );
    const request = this.#build(undefined);
    let created: LiveObject | undefined;
    try {
      created = await this.#write(client, { method: "POST", request, before: undefined });
    } catch (error) {
      if (isConflict(error))
        throw new RetryableError(messageOf(error), `The ${type.definition.displayName} now exists`);
      throw error;
    }
    this.#isCreated = true;
    this.#live = created;
    // A response without a version is incomplete, and no earlier read can complete it.
    if (created.version !== undefined) return created;
    return (await this.#readIfPossible(client)) ?? created;
  }

  /** @param before What the read returned: undefined if a POST of this attempt created the object. */
  async #update(
    client: Sender,
    before: LiveObject | undefined,
    live: LiveObject,
  ): Promise<ResourceState> {
    const request = this.#build(live);
    const { body } = request;
    if (body === undefined) {
      const earlier = this.#unconfirmed; // a write without a response that this read confirms
      this.#unconfirmed = undefined;
      if (earlier !== undefined) await this.#verify(earlier, live);
      await this.#log.drift(request);
      return this.#state(request, live);
    }
    await this.#log.overwrites(request);
    const write: Write = { method: "PUT", request, before };
    const after = await this.#write(client, write);
    const completed = withCarriedOutputs(this.request.type.definition, live, after);
    const isIncomplete = missingFrom(this.request.type.definition, body, after.raw).length > 0;
    const shown = (isIncomplete ? await this.#readIfPossible(client) : undefined) ?? completed;
    await this.#verify(write, shown);
    await this.#log.drift(request);
    return this.#state(request, shown);
  }

  #build(live: LiveObject | undefined): WriteRequest {
    const { type, scope, declared, recorded, options } = this.request;
    // A new object has nothing of what the last deployment wrote.
    const isUpdate = recorded !== undefined && live !== undefined && !this.#isCreated;
    return buildRequest({
      definition: type.definition,
      kind: scope.kind,
      live,
      declared,
      lastDeployed: isUpdate ? recorded.inputs.settings : undefined,
      omitted: isUpdate ? recorded.omitted : undefined,
      ignoreChanges: isUpdate ? options?.ignoreChanges : undefined,
      neverSend: this.client.neverSend,
    });
  }

  /** Sends a write, and returns the object that its response shows. */
  async #write(client: Sender, write: Write): Promise<LiveObject> {
    const { definition, endpoint } = this.request.type;
    const { method, request } = write;
    const { body = {} } = request;
    let response: ApiResult;
    try {
      response = await client.send({ method, path: this.path, body, secrets: this.#secretTexts });
    } catch (error) {
      // A certain rejection says nothing about an earlier attempt without a response.
      if (mayBeApplied(error)) this.#unconfirmed = write;
      throw explainRejection(error, { definition, body, unchanged: request.unchanged });
    }
    this.#unconfirmed = write;
    await this.#log.messages(response.messages);
    const { result = null } = response;
    const object = result === null ? undefined : objectIn(endpoint, this.path, result);
    const written = object ? decodeLive(definition, object) : await this.#read(client);
    if (written === undefined)
      throw new Error(
        `Cloudflare accepted ${method} ${this.path}, and then responded that the ${definition.displayName} does not exist. Run \`pulumi refresh\`.`,
      );
    this.#unconfirmed = undefined;
    this.#live = written;
    recordWrite(this.path, written);
    return written;
  }

  async #verify({ request, before }: Write, after: LiveObject): Promise<void> {
    const { type, declared } = this.request;
    const written = new Set(request.changes.map(({ path }) => path));
    await this.#log.notApplied(notApplied(type.definition, declared, written, after));
    if (before === undefined) return;
    const inputs = request.changes.map(({ input }) => input);
    // Declared empty, all members are cleared, also those that this release does not know.
    const cleared = inputs.filter((input) => isEmptyObject(declared[input]));
    const requested = new Set([...written, ...cleared]);
    await this.#log.sideEffects(sideEffects(type.definition, requested, before, after));
  }

  /**
   * After a success, outputs record the declared values: they are what the next update compares with. A setting
   * that this operation did not write and that the response lacks now has drifted.
   */
  #state({ changes }: WriteRequest, live: LiveObject): ResourceState {
    const { type, declared, recorded } = this.request;
    const names = [...(recorded?.omitted ?? []), ...changes.map(({ input }) => input)];
    const omitted = omittedFields(type.definition, declared, live.raw, names);
    return { ...this.#stateOf(declared, live), omitted: omitted.map(({ input }) => input) };
  }

  /**
   * After a failure, outputs leave out what no response confirmed. Such a setting counts as never deployed, so
   * the update that resumes writes it.
   */
  #partialFailure(error: unknown): PartialFailure {
    const { type, declared, recorded } = this.request;
    // If every write was confirmed, a PUT would contain what was not written yet.
    const request = this.#unconfirmed?.request ?? this.#build(this.#live);
    const unconfirmed = new Set(request.changes.map(({ path }) => path));
    const confirmed = withoutFields(type.definition, declared, unconfirmed);
    const omitted = recorded?.omitted.filter((name) => Object.hasOwn(confirmed, name)) ?? [];
    return new PartialFailure(
      { ...this.#stateOf(confirmed, this.#live), omitted },
      messageOf(error),
    );
  }

  #stateOf(settings: SettingValues, live: LiveObject | undefined): ResourceState {
    const { scope } = this.request;
    return {
      id: formatScope(scope),
      inputs: { ...scopeInput(scope), ...settings },
      computed: live?.computed ?? {},
    };
  }

  /** The texts of secret inputs; of all inputs if it is not known which are secret. */
  get #secretTexts(): string[] {
    const { declared, options } = this.request;
    const inputs = options?.secrets ?? Object.keys(declared);
    return inputs.flatMap((name) => textsIn(declared[name]));
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
