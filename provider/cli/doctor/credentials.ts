import { DEFAULT_BASE_URL } from "../../cloudflare/credentials.js";
import { connectionFrom, missingCredentials, SET_CREDENTIALS } from "../environment.js";
import { messageOf } from "../errors.js";
import type { Finding } from "./finding.js";

/** Checks which credentials are set. Never prints them. */
export function checkCredentials(env: Readonly<NodeJS.ProcessEnv>): Finding {
  const check = "Credentials";
  const missing = missingCredentials(env);
  if (missing !== undefined)
    return {
      check,
      status: "error",
      message: missing,
      hint: `${SET_CREDENTIALS} The credentials of a Provider or of the stack configuration work in deployments, but this command does not see them.`,
    };
  try {
    const { credentials, baseUrl } = connectionFrom(env);
    const message =
      "apiToken" in credentials
        ? "API token from CLOUDFLARE_API_TOKEN"
        : "Global API key and email from CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL";
    const target = baseUrl === DEFAULT_BASE_URL ? "" : `, for CLOUDFLARE_BASE_URL ${baseUrl}`;
    return { check, status: "ok", message: message + target };
  } catch (error) {
    return { check, status: "error", message: messageOf(error) };
  }
}
