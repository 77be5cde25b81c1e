import { Rejection } from "./envelope.js";
import type { Behavior } from "./behavior.js";

/** The rejections of the API, with their statuses, codes and messages. */

export function notEnabled(): Rejection {
  return new Rejection(403, {
    code: 9999,
    message:
      "access.api.error.not_enabled: access is not enabled. Visit the Access dashboard and click the 'Enable Access' button.",
  });
}

/** An object that does not exist, as a 404 in the API's envelope. The code is not published. */
export function notFound(): Rejection {
  return new Rejection(404, { code: 12130, message: "access.api.error.not_found" });
}

/** The rejection of a request for an organization that does not exist. */
export function noOrganization({ neverEnabled }: Behavior): Rejection {
  return neverEnabled === "not_found" ? notFound() : notEnabled();
}

/** A path without an endpoint. */
export function noRoute(): Rejection {
  return new Rejection(404, { code: 7000, message: "No route for that URI" });
}

/** A path of an endpoint with an invalid id. */
export function noSuchId(path: string): Rejection {
  return new Rejection(404, {
    code: 7003,
    message: `Could not route to ${path}, perhaps your object identifier is invalid?`,
  });
}

/** A malformed header: 6003 with the reason in the chain. */
export function invalidHeader(chain: { code: number; message: string }): Rejection {
  return new Rejection(400, {
    code: 6003,
    message: "Invalid request headers",
    error_chain: [chain],
  });
}

export function invalidToken(): Rejection {
  return new Rejection(403, { code: 9109, message: "Invalid access token" });
}

export function unknownKey(): Rejection {
  return new Rejection(403, { code: 9103, message: "Unknown X-Auth-Key or X-Auth-Email" });
}

export function outOfScope(): Rejection {
  return new Rejection(403, {
    code: 9109,
    message: "Unauthorized to access requested resource",
  });
}

export function missingPermission(): Rejection {
  return new Rejection(403, { code: 10000, message: "Authentication error" });
}

/** An invalid organization. Only the chain names the field. */
export function invalidConfig(...reasons: string[]): Rejection {
  return new Rejection(400, {
    code: 12062,
    message: "access.api.error.invalid_org_config",
    error_chain: reasons.map((message) => ({ message })),
  });
}

/** The code is not published. */
export function invalidAuditQuery(...causes: string[]): Rejection {
  return new Rejection(400, {
    code: 10001,
    message: "Invalid request parameters",
    error_chain: causes.map((message) => ({ message })),
  });
}

export function unreadableBody(reason: string): Rejection {
  return new Rejection(400, {
    code: 12130,
    message: "access.api.error.invalid_request",
    error_chain: [{ message: reason }],
  });
}

export function invalidAuthDomain(behavior: Behavior): Rejection {
  return new Rejection(behavior.statuses.invalidAuthDomain, {
    code: 11004,
    message: "access.api.error.invalid_auth_domain",
  });
}

export function authDomainTaken(behavior: Behavior): Rejection {
  return new Rejection(behavior.statuses.authDomainTaken, {
    code: 11003,
    message: "access.api.error.auth_domain_not_available",
  });
}

export function dashboardSso(behavior: Behavior): Rejection {
  return new Rejection(behavior.statuses.dashboardSso, {
    code: 12106,
    message: "access.api.error.auth_domain_cannot_be_updated_dash_sso",
  });
}

export function alreadyExists(behavior: Behavior): Rejection {
  return new Rejection(behavior.statuses.conflict, {
    code: 12130,
    message: "access.api.error.conflict: organization already exists",
  });
}

export function serviceTokenNotFound(behavior: Behavior): Rejection {
  return new Rejection(behavior.statuses.serviceTokenNotFound, {
    code: 12002,
    message: "access.api.error.service_token_not_found",
  });
}
