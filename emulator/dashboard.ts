import { completeActor, DASHBOARD_ACTOR, newRayId, type AuditActor } from "./audit-log.js";
import { OUTPUT_ONLY_FIELDS, type Level, type Settings } from "./fields.js";
import type { World } from "./world.js";

/** Changes an organization as a person in the dashboard does, and records who it was. */
export function editOrganization(
  world: World,
  level: Level,
  id: string,
  changes: Settings,
  actor: AuditActor = {},
): void {
  world.state.edit(level, id, changes);
  if (level === "zones") return; // Audit logs belong to accounts.
  const stored = world.state.organization(level, id).value ?? {};
  const complete = Object.fromEntries(
    Object.entries(stored).filter(
      ([field]) => !OUTPUT_ONLY_FIELDS.includes(field) && !world.outputOnlyFields.has(field),
    ),
  );
  record(world, id, "organizations", { complete, changes, response: stored, actor });
}

/** Changes DoH settings as a person does by other means, and records who it was. */
export function editDoh(
  world: World,
  id: string,
  changes: Record<string, string | null | undefined>,
  actor: AuditActor = {},
): void {
  world.state.setDoh(id, { ...world.state.doh(id).value, ...changes });
  const complete = { ...world.state.doh(id).value };
  record(world, id, "organizations/doh", { complete, changes, response: complete, actor });
}

type Edit = { complete: Settings; changes: Settings; response: Settings; actor: AuditActor };

function record(world: World, accountId: string, path: string, edit: Edit): void {
  const isComplete = world.behavior.dashboardRequest === "complete";
  world.auditLog.record(
    {
      accountId,
      actor: completeActor(edit.actor, DASHBOARD_ACTOR),
      method: "PUT",
      uri: `/accounts/${accountId}/access/${path}`,
      status: 200,
      rayId: newRayId(),
      userAgent: "Mozilla/5.0",
      request: structuredClone(isComplete ? edit.complete : edit.changes),
      response: structuredClone(edit.response),
      startedAt: Date.now(),
    },
    world.state.account(accountId)?.name,
  );
}
