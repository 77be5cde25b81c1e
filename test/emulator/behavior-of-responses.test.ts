import type { BehaviorOptions, Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, emulatorWith, ORGANIZATION, putOrganization, TEAM, ZONE } from "./calls.js";

let emulator: Emulator;
afterEach(() => emulator.close());

async function start(behavior: BehaviorOptions) {
  emulator = await emulatorWith(behavior);
}

const get = () => call(emulator, "GET", ORGANIZATION);
const put = (settings?: object) => putOrganization(emulator, settings);

describe("the behavior options of responses", () => {
  it("durationsRewritten: responses spell durations as Go does, also nested ones, and keep other texts", async () => {
    await start({ durationsRewritten: true });
    const { result } = await put({
      name: "24h",
      session_duration: "24h",
      user_seat_expiration_inactive_time: "1460h",
      mfa_config: { session_duration: "90m" },
    });
    expect(result).toMatchObject({
      name: "24h",
      session_duration: "24h0m0s",
      user_seat_expiration_inactive_time: "1460h0m0s",
      mfa_config: { session_duration: "1h30m0s" },
    });
  });

  it("rateLimitHeaders false: responses lack the headers", async () => {
    await start({ rateLimitHeaders: false });
    const { headers } = await get();
    expect([headers.get("ratelimit"), headers.get("ratelimit-policy")]).toEqual([null, null]);
    expect(headers.get("cf-ray")).not.toBeNull();
  });

  it("statuses: rejections have these HTTP statuses", async () => {
    await start({ statuses: { conflict: 400, authDomainTaken: 409, invalidAuthDomain: 422 } });
    expect((await call(emulator, "POST", ORGANIZATION, TEAM)).status).toBe(400);
    expect((await put({ auth_domain: "" })).status).toBe(422);
    emulator.seed("zones", ZONE, { auth_domain: "taken.cloudflareaccess.com" });
    expect((await put({ auth_domain: "taken.cloudflareaccess.com" })).status).toBe(409);
  });
});

describe("staleReadsAfterWrite", () => {
  it("gets: as many reads return the object before the write, whose own response is new", async () => {
    await start({ staleReadsAfterWrite: { gets: 2 } });
    expect((await put({ session_duration: "1h" })).result).toMatchObject({
      session_duration: "1h",
    });
    const seen = [];
    for (let n = 0; n < 3; n += 1) seen.push((await get()).result.session_duration);
    expect(seen).toEqual(["24h", "24h", "1h"]);
  });

  it("ms: reads return the object before the write for this time", async () => {
    await start({ staleReadsAfterWrite: { ms: 2_000 } });
    await put({ session_duration: "1h" });
    await put({ session_duration: "2h" });
    expect((await get()).result).toMatchObject({ session_duration: "24h" });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await get()).result).toMatchObject({ session_duration: "2h" });
  });

  it("hides a new organization, too, but not an edit in the dashboard", async () => {
    await start({ staleReadsAfterWrite: { gets: 1 } });
    emulator.remove("accounts", ACCOUNT);
    await call(emulator, "POST", ORGANIZATION, TEAM);
    expect((await get()).status).toBe(403);
    expect((await get()).status).toBe(200);
    emulator.edit("accounts", ACCOUNT, { session_duration: "3h" });
    expect((await get()).result).toMatchObject({ session_duration: "3h" });
  });
});
