import { hintFor } from "../../provider/cloudflare/error-hints.js";
import { markdownTable } from "../markdown-table.js";

/** A rejection by Cloudflare, with the text by which the hint is chosen. */
interface Rejection {
  /** The text in the table. */
  readonly shown: string;
  readonly status?: number;
  readonly code?: number;
  readonly message?: string;
  readonly reason?: string;
  readonly credential?: string;
  /** A network error. */
  readonly trouble?: string;
}

/** One for each hint, the most frequent first. */
const REJECTIONS: readonly Rejection[] = [
  error(10000, "Authentication error"),
  error(9109, "Invalid access token"),
  error(6003, "Invalid request headers"),
  {
    shown: "`9103: Unknown X-Auth-Key or X-Auth-Email`, `9106: Authentication failed`",
    code: 9103,
    credential: "email and global API key",
  },
  error(9999, "access.api.error.not_enabled"),
  {
    ...error(7000, "No route for that URI"),
    shown: "`7000: No route for that URI`, `7003: Could not route to …`",
  },
  error(11003, "access.api.error.auth_domain_not_available"),
  error(11004, "access.api.error.invalid_auth_domain"),
  error(12106, "access.api.error.auth_domain_cannot_be_updated_dash_sso"),
  {
    ...error(12062, "access.api.error.invalid_org_config"),
    reason: "session_duration: is not a duration",
  },
  { ...error(12062, "invalid mfa authenticator type"), shown: "`invalid mfa authenticator type`" },
  {
    shown: "`access.api.error.service_token_not_found`",
    message: "access.api.error.service_token_not_found",
  },
  { shown: "`ECONNREFUSED`, `ENOTFOUND`, …", trouble: "connect ECONNREFUSED" },
  { shown: "HTTP 429", status: 429 },
  { shown: "HTTP 500 and above", status: 500 },
];

function error(code: number, message: string): Rejection {
  return { shown: `\`${code}: ${message}\``, code, message };
}

/** A table of rejections with the hint at the end of each error message. */
export function rejections(): string {
  return markdownTable(
    ["Cloudflare's error", "hint in the message"],
    REJECTIONS.map((rejection) => [rejection.shown, hintOn(rejection)]),
  );
}

function hintOn({
  shown,
  status,
  code,
  message = "",
  reason,
  credential = "API token",
  trouble,
}: Rejection): string {
  const chain = reason === undefined ? [] : [{ code: undefined, text: reason, chain: [] }];
  const failure = {
    method: "PUT",
    path: "/accounts/0123…/access/organizations",
    status: status ?? 400,
    errors: [{ code, text: message, chain }],
    credential,
    trouble,
    attempts: 1,
  };
  const hint = hintFor(failure, {});
  if (hint === undefined) throw new Error(`${shown} has no hint.`);
  return hint;
}
