import { withReasons } from "./envelope.js";
import type { Failure } from "./error.js";

/** What someone who meets a failure should do. The first that fits is given. */
interface Advice {
  readonly fits: (facts: Facts) => boolean;
  readonly say: (facts: Facts) => string;
}

interface Facts extends Failure {
  readonly codes: ReadonlySet<number>;
  /** All that Cloudflare said, chains included. */
  readonly words: string;
  /** "account 0123…" or "zone 0123…". */
  readonly whose: string;
}

const PERMISSION = '"Access: Organizations, Identity Providers, and Groups"';

const ADVICE: readonly Advice[] = [
  {
    fits: ({ codes }) => codes.has(6003),
    say: ({ credential }) =>
      `Cloudflare cannot read the ${credential}: give it bare, without quotes, "Bearer" or a line break.`,
  },
  {
    fits: ({ codes, words }) =>
      (codes.has(9109) || codes.has(1000)) && /invalid (?:access|api) token/i.test(words),
    say: ({ credential }) =>
      `The ${credential} is wrong, expired or revoked: make a new one.${
        // State never holds what is in the environment.
        credential.endsWith("from the environment")
          ? ""
          : " After a rotation, run with --run-program, since refresh and destroy may still use the one in state."
      }`,
  },
  {
    fits: ({ codes }) => codes.has(9103),
    say: ({ credential }) => `The ${credential} do not belong together.`,
  },
  {
    fits: ({ codes }) => codes.has(9106),
    say: ({ credential }) =>
      `Cloudflare does not know the ${credential}: check that it is whole, still valid, and given as what it is (an API token is no API key).`,
  },
  {
    fits: ({ codes, status }) => codes.has(10000) || codes.has(9109) || status === 401,
    say: ({ credential, whose, method }) => {
      const access = method === "GET" ? "Read" : "Write";
      const isToken = credential.startsWith("API token");
      return [
        `The ${credential} may not do this on ${whose}: check the id, and`,
        isToken
          ? `give the token the permission ${PERMISSION} (${access}) for it.`
          : "that the user they belong to may manage Zero Trust there.",
        ...(isToken && whose.startsWith("zone")
          ? ["For zones Cloudflare documents the email and global API key only."]
          : []),
        "This does not mean that there is no organization.",
      ].join(" ");
    },
  },
  {
    fits: ({ codes, words }) => codes.has(9999) && words.includes("not_enabled"),
    say: ({ whose, method }) =>
      `Zero Trust is not enabled for ${whose}. Pick a plan once in the dashboard${
        method === "GET" ? ", or state authDomain and name to have the organization made" : ""
      }.`,
  },
  {
    fits: ({ codes, words }) => codes.has(11003) || words.includes("auth_domain_not_available"),
    say: () =>
      "Another organization has this authDomain: team names are unique among all of Cloudflare's customers. Choose another.",
  },
  {
    fits: ({ codes, words }) => codes.has(11004) || words.includes("invalid_auth_domain"),
    say: () => 'authDomain must be the full host name, such as "team.cloudflareaccess.com".',
  },
  {
    fits: ({ codes }) => codes.has(12106),
    say: () =>
      "authDomain cannot change while single sign-on to the Cloudflare dashboard is active. Switch that off first, or keep the present authDomain.",
  },
  {
    fits: ({ words }) => words.includes("invalid mfa authenticator type"),
    say: () =>
      'An entry of mfaConfig.allowedAuthenticators is not known to Cloudflare. The former "ssh_piv_key" is "piv_key" today.',
  },
  {
    fits: ({ codes }) => codes.has(12062),
    say: ({ errors }) =>
      errors.some(({ chain }) => chain.length > 0)
        ? "Cloudflare did not take the settings; the lines above name the one at fault."
        : "Cloudflare did not take the settings, and does not say which one is at fault.",
  },
  {
    fits: ({ words }) => words.includes("service_token_not_found"),
    say: () =>
      "serviceTokenId must be the id of a service token of this account (a UUID), not its client id.",
  },
  {
    fits: ({ codes }) => codes.has(7000) || codes.has(7003),
    say: ({ whose }) => `There is no such route or id: check ${whose} and the base URL.`,
  },
  {
    fits: ({ status }) => status === 429,
    say: ({ retryAfter }) =>
      `Cloudflare takes 1,200 requests in five minutes from one user or token, and then blocks all of them for five minutes. Wait${retryAfter === undefined ? "" : ` ${retryAfter} s`}, then run again.`,
  },
  {
    fits: ({ status, trouble }) => trouble === undefined && status !== undefined && status >= 500,
    say: () => "Cloudflare has trouble of its own: run again later.",
  },
];

/** One sentence of advice, where there is any to give. */
export function hintFor(failure: Failure): string | undefined {
  const said = withReasons(failure.errors);
  const facts: Facts = {
    ...failure,
    codes: new Set(said.flatMap(({ code }) => (code === undefined ? [] : [code]))),
    words: said.map(({ text }) => text).join("\n"),
    whose: whoseOf(failure.path),
  };
  return ADVICE.find(({ fits }) => fits(facts))?.say(facts);
}

function whoseOf(path: string): string {
  const [, level, id] = path.split("/");
  return `${level === "zones" ? "zone" : "account"} ${id ?? ""}`.trim();
}
