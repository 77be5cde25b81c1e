import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import type { ApiObject } from "../../provider/schema/values.js";

/** Returns the emulator's responses for the same settings, one for each of its personalities. */
export async function expectedResponses(
  account: string,
  { organization, doh }: { organization: ApiObject; doh: ApiObject },
): Promise<{ organization: ApiObject[]; doh: ApiObject[] }> {
  const emulator = await startEmulator();
  try {
    emulator.seed("accounts", account, organization);
    const { doh_jwt_duration: duration, ...token } = doh;
    const designated =
      token.id === undefined ? undefined : emulator.addServiceToken(account, token);
    if (designated !== undefined || duration !== undefined)
      emulator.seedDoh(account, {
        ...(designated === undefined ? {} : { service_token_id: designated.id }),
        ...(typeof duration === "string" ? { doh_jwt_duration: duration } : {}),
      });
    const answers = { organization: [] as ApiObject[], doh: [] as ApiObject[] };
    for (const personality of ["sparse", "explicit"] as const) {
      emulator.personality = personality;
      answers.organization.push(await get(emulator, account, ""));
      answers.doh.push(await get(emulator, account, "/doh"));
    }
    return answers;
  } finally {
    await emulator.close();
  }
}

async function get(emulator: Emulator, account: string, path: string): Promise<ApiObject> {
  const url = `${emulator.baseUrl}/accounts/${account}/access/organizations${path}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${EMULATOR_TOKEN}` } });
  const { result } = (await response.json()) as { result: ApiObject | null };
  return result ?? {};
}
