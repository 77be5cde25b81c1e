import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ZONE } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack } from "./stack.js";

const DOMAIN = "zone.cloudflareaccess.com";
const EMAIL = "admin@example.com";
const API_KEY = "global-key-global-key-global-key-0";

/** Every setting that a zone accepts. */
const PROGRAM = {
  zoneId: ZONE,
  name: "Zone Corp",
  authDomain: DOMAIN,
  isUiReadOnly: true,
  uiReadOnlyToggleReason: "managed by Pulumi",
  loginDesign: { backgroundColor: "#112233", headerText: "Zone Corp" },
  userSeatExpirationInactiveTime: "1460h",
};

captureLogs();

describe("The organization of a zone, with an email and a global API key", () => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  beforeEach(async () => {
    emulator = await startEmulator({
      credentials: [{ email: EMAIL, apiKey: API_KEY }],
      behavior: { zoneRejectsTokens: true },
      personality: "explicit",
    });
    emulator.seed("zones", ZONE, {
      auth_domain: DOMAIN,
      name: "Before",
      deny_unmatched_requests: true,
      login_design: { footer_text: "Ask the help desk" },
    });
    stack = new OneResourceStack(organization, emulator, {
      config: {
        "zerotrust:apiToken": undefined,
        "zerotrust:apiKey": API_KEY,
        "zerotrust:email": EMAIL,
      },
    });
    await stack.up(PROGRAM);
  });
  afterEach(() => emulator.close());

  it("is adopted by a PUT with what a zone accepts", () => {
    const [get, put, ...others] = emulator.requests;
    expect([get?.method, put?.method, others]).toEqual(["GET", "PUT", []]);
    expect(put?.body).toEqual({
      auth_domain: DOMAIN,
      name: "Zone Corp",
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "managed by Pulumi",
      login_design: {
        background_color: "#112233",
        footer_text: "Ask the help desk",
        header_text: "Zone Corp",
      },
      user_seat_expiration_inactive_time: "1460h",
    });
  });

  it("keeps the settings that a zone does not accept, and is recorded as declared", async () => {
    expect(emulator.organization("zones", ZONE)).toMatchObject({ deny_unmatched_requests: true });
    expect(stack.state?.id).toBe(`zones/${ZONE}`);
    expect(stack.inputs).toEqual(PROGRAM);
    expect(stack.outputs).toMatchObject(PROGRAM);
    expect(await stack.up(PROGRAM)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });
});
