import { completeActor, DASHBOARD_ACTOR, newRayId, type AuditActor } from "./audit-log.js";
import { OUTPUT_ONLY_FIELDS, type ScopeType, type Settings } from "./fields.js";
import type { EmulatorContext } from "./context.js";

/** Changes an organization as a person in the dashboard does, and records who it was. */
export function editOrganization(
  context: EmulatorContext,
  scopeType: ScopeType,
  id: string,
  changes: Settings,
  actor: AuditActor = {},
): void {
  context.state.edit(scopeType, id, changes);
  if (scopeType === "zones") return; // Audit logs belong to accounts.
  const stored = context.state.organization(scopeType, id).value ?? {};
  const complete = Object.fromEntries(
    Object.entries(stored).filter(
      ([field]) => !OUTPUT_ONLY_FIELDS.includes(field) && !context.outputOnlyFields.has(field),
    ),
  );
  record(context, id, "organizations", { complete, changes, response: stored, actor });
}

/** Changes DoH settings as a person does by other means, and records who it was. */
export function editDoh(
  context: EmulatorContext,
  id: string,
  changes: Record<string, string | null | undefined>,
  actor: AuditActor = {},
): void {
  context.state.setDoh(id, { ...context.state.doh(id).value, ...changes });
  const complete = { ...context.state.doh(id).value };
  record(context, id, "organizations/doh", { complete, changes, response: complete, actor });
}

type Edit = { complete: Settings; changes: Settings; response: Settings; actor: AuditActor };

function record(context: EmulatorContext, accountId: string, path: string, edit: Edit): void {
  const isComplete = context.behavior.dashboardRequest === "complete";
  context.auditLog.record(
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
    context.state.account(accountId)?.name,
  );
}
