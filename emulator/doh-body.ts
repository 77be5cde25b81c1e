import { z } from "zod";
import { durationHours } from "./durations.js";
import type { Settings } from "./fields.js";
import { invalidConfig } from "./rejections.js";
import type { Behavior } from "./behavior.js";
import { reasons } from "./zod-reasons.js";

/** What decides which DoH bodies pass, besides the contract. */
export type DohBodyRules = { behavior: Behavior; keyRotationDays: number };

function dohSchema({ keyRotationDays }: DohBodyRules) {
  const duration = z
    .string()
    .refine((text) => durationHours(text) !== undefined, { error: "is not a duration" })
    // A JWT cannot outlive the key that signed it.
    .refine((text) => (durationHours(text) ?? 0) <= keyRotationDays * 24, {
      error: `has to be at most the key rotation of ${keyRotationDays} days`,
    });
  return z.strictObject({
    doh_jwt_duration: duration.nullish(),
    service_token_id: z.string().min(1).nullish(),
  });
}

/** The settings that a DoH PUT states; a {@link Refusal} otherwise. */
export function acceptedDohBody(body: Settings, rules: DohBodyRules) {
  const parsed = dohSchema(rules).safeParse(body);
  if (!parsed.success) throw invalidConfig(...reasons(parsed.error));
  const nulls = Object.keys(body).filter((key) => body[key] === null);
  if (rules.behavior.dohNull === "rejected" && nulls.length > 0) {
    throw invalidConfig(...nulls.map((key) => `${key}: null is not accepted`));
  }
  return parsed.data;
}
