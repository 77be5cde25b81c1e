import { isId, type Scope } from "../../cloudflare/scope.js";
import { isBlank } from "../../schema/equality.js";
import type { InputFailure } from "../../schema/constraints.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { CommandError } from "../errors.js";

/** An organization as another tool's state holds it. */
export interface OldOrganization {
  /** How that tool calls it: a URN, or an address. */
  readonly address: string;
  readonly name: string;
  readonly target: Scope;
  /** What its state states, in our names; unset members and all. */
  readonly settings: SettingValues;
  /** What Cloudflare computed, in our names. */
  readonly computed: SettingValues;
  /** What has no place in a program, and why. */
  readonly leftOut: readonly InputFailure[];
  /** The line that makes the tool forget it, without destroying anything. */
  readonly forget: string;
}

/** The organizations that one file holds, and the tool that wrote it. */
export interface OldState {
  readonly tool: "pulumi" | "terraform";
  readonly organizations: readonly OldOrganization[];
}

/** Stands for a value that the state keeps as a secret. */
export const SECRET = Symbol("secret");

/** Settings apart from the secrets among them, which do not belong into a program as text. */
export function withoutSecrets(
  settings: SettingValues,
): Pick<OldOrganization, "settings" | "leftOut"> {
  const leftOut: InputFailure[] = [];
  const plain = (values: SettingValues, prefix: string): SettingValues =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const path = prefix + name;
        if (value === SECRET) leftOut.push({ property: path, reason: "is a secret in that state" });
        if (value === SECRET) return [];
        return [[name, isObject(value) ? plain(value, `${path}.`) : value] as const];
      }),
    );
  return { settings: plain(settings, ""), leftOut };
}

/**
 * What an organization belongs to. Its id serves where the state is silent, or keeps the argument as a
 * secret: the providers took the account's or the zone's.
 */
export function oldTarget(
  address: string,
  ids: { readonly accountId?: unknown; readonly zoneId?: unknown; readonly id?: unknown },
): Scope {
  const { accountId, zoneId, id } = ids;
  const level = isBlank(accountId) && !isBlank(zoneId) ? "zones" : "accounts";
  const stated = level === "zones" ? zoneId : accountId;
  const found = typeof stated === "string" && stated !== "" ? stated : id;
  if (typeof found === "string" && isId(found)) return { kind: level, id: found };
  throw new CommandError(
    `${address} names no account or zone by an id of 32 hexadecimal digits, so it cannot be moved.`,
  );
}

/** Older providers hold an object as a list of at most one. */
export function unwrapped(value: unknown): unknown {
  return Array.isArray(value) ? (value[0] as unknown) : value;
}
