import { z } from "zod";
import { durationHours } from "./durations.js";
import type { Settings } from "./fields.js";
import { invalidConfig } from "./rejections.js";
import type { Behavior } from "./behavior.js";
import { reasons } from "./zod-reasons.js";

/** What decides, in addition to the contract, whether a DoH body is valid. */
export type DohBodyRules = { behavior: Behavior; keyRotationDays: number };

function dohSchema({ keyRotationDays }: DohBodyRules) {
  const duration = z
    .string()
    .refine((text) => durationHours(text) !== undefined, { error: "is not a duration" })
    // A JWT cannot outlive the key that signed it.
    .refine((text) => (durationHours(text) ?? 0) <= keyRotationDays * 24, {
      error: `must be at most the key rotation of ${keyRotationDays} days`,
    });
  return z.strictObject({
    doh_jwt_duration: duration.nullish(),
    service_token_id: z.string().min(1).nullish(),
  });
}

/** Returns the settings in the body of a DoH PUT, or throws a {@link Rejection}. */
export function parseDohBody(body: Settings, rules: DohBodyRules) {
  const parsed = dohSchema(rules).safeParse(body);
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  const nulls = Object.keys(body).filter((key) => body[key] === null);
  if (rules.behavior.dohNull === "rejected" && nulls.length > 0) {
    throw invalidConfig(...nulls.map((key) => `${key}: null is not accepted`));
  }
  return parsed.data;
}
