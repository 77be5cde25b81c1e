import { isId, type Scope } from "../../cloudflare/scope.js";
import type { DeclaredSettings } from "../codegen/declared-settings.js";
import { isBlank } from "../../schema/equality.js";
import type { InputFailure } from "../../schema/input-failure.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { CommandError } from "../errors.js";

/** An organization in the state of another tool. */
export interface OldOrganization {
  /** Its URN or its Terraform address. */
  readonly address: string;
  readonly name: string;
  readonly scope: Scope;
  readonly declared: DeclaredSettings;
  /** Computed outputs. */
  readonly computed: SettingValues;
  /** The command that removes it from that state, without a request to Cloudflare. */
  readonly forget: string;
}

/** The organizations in a state file, and the tool that wrote it. */
export interface OldState {
  readonly tool: "pulumi" | "terraform" | "tofu";
  readonly organizations: readonly OldOrganization[];
}

/** Replaces a value that the state marks as a secret. */
export const SECRET = Symbol("secret");

/** Separates secrets from other settings, because a program must not contain them as text. */
export function withoutSecrets(values: SettingValues): {
  readonly plain: SettingValues;
  readonly omitted: readonly InputFailure[];
} {
  const omitted: InputFailure[] = [];
  const plainOf = (values: SettingValues, prefix: string): SettingValues =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const property = prefix + name;
        if (value === SECRET) {
          omitted.push({
            property,
            reason: "is a secret in the old state; declare it with config.requireSecret",
          });
          return [];
        }
        if (!isObject(value) || Object.keys(value).length === 0) return [[name, value] as const];
        const plain = plainOf(value, `${property}.`);
        return Object.keys(plain).length === 0 ? [] : [[name, plain] as const];
      }),
    );
  return { plain: plainOf(values, ""), omitted };
}

/**
 * Returns the account or zone of an organization. If the inputs have no id or keep it as a secret,
 * the id of the resource is used, which is that of the account or zone.
 *
 * @throws CommandError if the state has no valid id.
 */
export function scopeOfOldState(
  address: string,
  ids: { readonly accountId?: unknown; readonly zoneId?: unknown; readonly id?: unknown },
): Scope {
  const { accountId, zoneId } = ids;
  const kind = isBlank(accountId) && !isBlank(zoneId) ? "zones" : "accounts";
  const declared = kind === "zones" ? zoneId : accountId;
  const id = typeof declared === "string" && declared !== "" ? declared : ids.id;
  if (typeof id === "string" && isId(id)) return { kind, id: id.toLowerCase() };
  throw new CommandError(
    `Cannot migrate ${address}: the state has no account or zone id of 32 hexadecimal digits for it.`,
  );
}

/** Older providers keep an object as a list with at most one item. */
export function unwrapped(value: unknown): unknown {
  return Array.isArray(value) ? (value[0] as unknown) : value;
}
