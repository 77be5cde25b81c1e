import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ZONE_SETTINGS } from "../contract/program-inputs.js";
import { REFERENCE_ZONE_SETTINGS } from "../contract/reference-settings.js";
import { ZONE } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack } from "./stack.js";

const EMAIL = "admin@example.com";
const API_KEY = "global-key-global-key-global-key-0";

/** Every setting that a zone accepts, one of them in part. */
const PROGRAM = { zoneId: ZONE, ...ZONE_SETTINGS, loginDesign: { headerText: "Welcome" } };

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
      ...REFERENCE_ZONE_SETTINGS,
      login_design: { footer_text: "Ask the help desk", header_text: "Welcome" },
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
