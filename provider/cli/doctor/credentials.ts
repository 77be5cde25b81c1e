import { DEFAULT_BASE_URL } from "../../cloudflare/credentials.js";
import { connectionFrom, hasCredentials } from "../environment.js";
import { messageOf } from "../errors.js";
import type { Finding } from "./finding.js";

/** Which credentials there are and where; never what they are. */
export function credentialsFinding(env: Readonly<NodeJS.ProcessEnv>): Finding {
  const check = "credentials";
  if (!hasCredentials(env)) return { check, status: "note", says: NONE, advice: ELSEWHERE };
  try {
    const { credentials, baseUrl } = connectionFrom(env);
    const isToken = "apiToken" in credentials;
    const what = isToken
      ? "an API token from the environment (CLOUDFLARE_API_TOKEN)"
      : "the global API key and its email from the environment (CLOUDFLARE_API_KEY, CLOUDFLARE_EMAIL)";
    const says = baseUrl === DEFAULT_BASE_URL ? what : `${what}, for ${baseUrl}`;
    return { check, status: "fine", says };
  } catch (error) {
    return { check, status: "trouble", says: messageOf(error) };
  }
}

const NONE = "are not in the environment, so no live organization was looked at.";
const ELSEWHERE =
  "Those of a Provider or in a stack's configuration work in deployments, but cannot be seen from here: export CLOUDFLARE_API_TOKEN to have one looked at.";
