import { hintFor } from "../../provider/cloudflare/error-hints.js";
import { table } from "./table.js";

/** What Cloudflare answers, and the words by which the advice is chosen. */
interface Refusal {
  /** How the page calls it. */
  readonly shown: string;
  readonly status?: number;
  readonly code?: number;
  readonly says?: string;
  readonly reason?: string;
  readonly credential?: string;
  readonly trouble?: string;
}

/** One for each advice, in the order in which people meet them. The statuses that matter are given. */
const REFUSALS: readonly Refusal[] = [
  said(10000, "Authentication error"),
  said(9109, "Invalid access token"),
  said(6003, "Invalid request headers"),
  {
    shown: "`9103: Unknown X-Auth-Key or X-Auth-Email`, `9106: Authentication failed`",
    code: 9103,
    credential: "email and global API key",
  },
  said(9999, "access.api.error.not_enabled"),
  {
    ...said(7000, "No route for that URI"),
    shown: "`7000: No route for that URI`, `7003: Could not route to …`",
  },
  said(11003, "access.api.error.auth_domain_not_available"),
  said(11004, "access.api.error.invalid_auth_domain"),
  said(12106, "access.api.error.auth_domain_cannot_be_updated_dash_sso"),
  {
    ...said(12062, "access.api.error.invalid_org_config"),
    reason: "session_duration: is not a duration",
  },
  { ...said(12062, "invalid mfa authenticator type"), shown: "`invalid mfa authenticator type`" },
  {
    shown: "`access.api.error.service_token_not_found`",
    says: "access.api.error.service_token_not_found",
  },
  { shown: "`ECONNREFUSED`, `ENOTFOUND`, …", trouble: "connect ECONNREFUSED" },
  { shown: "HTTP 429", status: 429 },
  { shown: "HTTP 500 and above", status: 500 },
];

function said(code: number, says: string): Refusal {
  return { shown: `\`${code}: ${says}\``, code, says };
}

/** A table of refusals with the advice that the error message ends in. */
export function refusals(): string {
  return table(
    ["what Cloudflare says", "what the message advises"],
    REFUSALS.map((refusal) => [refusal.shown, adviceOn(refusal)]),
  );
}

function adviceOn({
  shown,
  status,
  code,
  says = "",
  reason,
  credential = "API token",
  trouble,
}: Refusal): string {
  const chain = reason === undefined ? [] : [{ code: undefined, text: reason, chain: [] }];
  const failure = {
    method: "PUT",
    path: "/accounts/0123…/access/organizations",
    status: status ?? 400,
    errors: [{ code, text: says, chain }],
    credential,
    trouble,
    tries: 1,
  };
  const advice = hintFor(failure, {});
  if (advice === undefined) throw new Error(`There is no advice on ${shown}.`);
  return advice;
}
