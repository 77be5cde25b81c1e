import { z } from "zod";
import { reaches } from "../authentication.js";
import { successEnvelope } from "../envelope.js";
import { unreadableBody } from "../rejections.js";
import type { RequestContext } from "../request-context.js";
import type { EmulatorContext } from "../context.js";
import { reasons } from "../zod-reasons.js";

const paging = z.object({
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(5).max(50).default(20),
});

/** Returns a page of the accounts that the credential is valid for. */
export function listAccounts(context: EmulatorContext, c: RequestContext) {
  const parsed = paging.safeParse(c.req.query());
  if (!parsed.success) throw unreadableBody(reasons(parsed.error).join("; "));
  const { page, per_page } = parsed.data;
  const visible = context.state.accounts().filter(({ id }) => reaches(c.var.credential, id));
  const shown = visible.slice((page - 1) * per_page, page * per_page);
  return c.json({
    ...successEnvelope(
      shown.map((account) => ({
        ...account,
        type: "standard",
        settings: { enforce_twofactor: false },
      })),
    ),
    result_info: {
      page,
      per_page,
      count: shown.length,
      total_count: visible.length,
      total_pages: Math.ceil(visible.length / per_page),
    },
  });
}
