import type { ApiMessage } from "../cloudflare/envelope.js";
import { describeScope, type Scope } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { formatValue } from "../schema/format-value.js";
import type { Change, WriteRequest } from "../schema/request-body.js";
import { riskyChanges } from "../schema/risks.js";
import type { Diagnostics } from "./context.js";

/** What `create` and `update` report to the user. */
export class WriteLog {
  #lastOverwrites = "";

  /** @param secrets The inputs whose values must not be printed; undefined if any value may be a secret. */
  constructor(
    private readonly diagnostics: Diagnostics,
    private readonly type: ResourceType,
    private readonly scope: Scope,
    private readonly secrets: readonly string[] | undefined,
  ) {}

  /**
   * Logs each live value that the request overwrites before it is sent: it is the only trace for an undo. The last
   * deployed value is left out, because it may have been a secret.
   */
  async overwrites({ changes }: WriteRequest): Promise<void> {
    const lines = changes
      .filter(({ isUnrecorded }) => isUnrecorded)
      .map((change) =>
        this.#line(change, `${formatValue(change.from)} → ${formatValue(change.to)}`),
      );
    if (lines.length === 0) return;
    const text = [`Overwrites these live values of the ${this.#name}:`, ...lines].join("\n");
    if (text === this.#lastOverwrites) return; // a retry
    this.#lastOverwrites = text;
    await this.diagnostics.info(text);
  }

  /** Warns about managed settings that drifted and keep their live values. */
  async drift({ drifted }: WriteRequest): Promise<void> {
    if (drifted.length === 0) return;
    const lines = drifted.map((change) => {
      const { from, lastDeployed } = change;
      const drift = { ...change, from: lastDeployed, to: from };
      const [risky] = riskyChanges(this.type.definition, [drift]);
      const impact = risky === undefined ? "" : `. ${risky.risk.impact}.`;
      const values = `last deployed ${formatValue(lastDeployed)}, live ${formatValue(from)}`;
      return `${this.#line(change, values)}${impact}`;
    });
    await this.diagnostics.warn(
      [
        `These settings of the ${this.#name} changed outside of Pulumi and keep their live values:`,
        ...lines,
        "Run `pulumi up --refresh --run-program` to restore the declared values.",
      ].join("\n"),
    );
  }

  async notApplied(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.diagnostics.warn(
      `Cloudflare accepted the settings of the ${this.#name}, but did not apply these: ${paths.join(", ")}.`,
    );
  }

  async sideEffects(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.diagnostics.warn(
      `The write also changed settings of the ${this.#name} that it did not ask for: ${paths.join(", ")}. Check them in the dashboard.`,
    );
  }

  async messages(messages: readonly ApiMessage[]): Promise<void> {
    for (const { code, text } of messages)
      await this.diagnostics.info(`Cloudflare: ${text}${code === undefined ? "" : ` (${code})`}`);
  }

  #line({ path, input }: Change, values: string): string {
    if (this.secrets === undefined) return `  ${path}`;
    return `  ${path}: ${this.secrets.includes(input) ? "[secret]" : values}`;
  }

  get #name(): string {
    return `${this.type.definition.displayName} of ${describeScope(this.scope)}`;
  }
}
