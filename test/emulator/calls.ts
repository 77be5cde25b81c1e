import { EMULATOR_TOKEN, type Emulator, type Settings } from "../../emulator/index.js";
import { ACCOUNT, TEAM_DOMAIN, ZONE } from "../ids.js";

export { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../ids.js";

export const ORGANIZATION = `/accounts/${ACCOUNT}/access/organizations`;
export const ZONE_ORGANIZATION = `/zones/${ZONE}/access/organizations`;
export const DOH = `${ORGANIZATION}/doh`;

export const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };

type Failure = {
  code: number;
  message: string;
  error_chain?: { code?: number; message: string }[];
};

/** A response of the API in parts. */
export type ApiResponse = {
  status: number;
  headers: Headers;
  envelope: Record<string, unknown>;
  result: Settings;
  errors: Failure[];
};

const withToken = { authorization: `Bearer ${EMULATOR_TOKEN}` };

/** Sends one HTTP request. A string body is sent unchanged. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = withToken,
): Promise<ApiResponse> {
  const response = await fetch(emulator.baseUrl + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const envelope = (await response.json()) as Record<string, unknown>;
  return {
    status: response.status,
    headers: response.headers,
    envelope,
    result: envelope.result as Settings,
    errors: (envelope.errors ?? []) as Failure[],
  };
}

/** Returns a rejection as one line: status, code, message and the reasons in the chain. */
export function rejectionOf({ status, errors }: ApiResponse): string {
  const [error] = errors;
  if (!error) return `${status} without an error`;
  const chain = (error.error_chain ?? []).map(({ code, message }) =>
    code === undefined ? message : `${code} ${message}`,
  );
  return [`${status} ${error.code} ${error.message}`, ...chain].join(" | ");
}
