import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, rejectionOf, TEAM } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const get = () => call(emulator, "GET", ORGANIZATION);
const put = (settings: object = {}) =>
  call(emulator, "PUT", ORGANIZATION, { ...TEAM, ...settings });

describe("a live organization with values outside their own bounds", () => {
  const LIVE = {
    service_token_inactivity: { action: "", enabled: false, inactivity_threshold_days: 0 },
    user_seat_expiration_inactive_time: "720h",
    warp_auth_session_duration: "0s",
  };

  it.each(["typical", "sparse", "explicit"] as const)(
    "can be seeded, and GET returns the values unchanged (%s)",
    async (personality) => {
      emulator.personality = personality;
      emulator.seed("accounts", ACCOUNT, { ...TEAM, ...LIVE });
      expect((await get()).result).toMatchObject(LIVE);
    },
  );

  it.each(Object.entries(LIVE))(
    "rejects a PUT that sends %s back with 12062",
    async (field, value) => {
      emulator.seed("accounts", ACCOUNT, { ...TEAM, ...LIVE });
      expect(rejectionOf(await put({ [field]: value }))).toContain(
        `400 12062 access.api.error.invalid_org_config | ${field}`,
      );
    },
  );

  it("keeps a disabled inactivity policy that a PUT omits, and forgets it when a PUT replaces it", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, ...LIVE });
    expect((await put()).result).toMatchObject({
      service_token_inactivity: LIVE.service_token_inactivity,
    });
    const valid = { action: "disable", enabled: false, inactivity_threshold_days: 90 };
    const replaced = await put({ service_token_inactivity: valid });
    expect(replaced.result).not.toHaveProperty("service_token_inactivity");
  });
});
