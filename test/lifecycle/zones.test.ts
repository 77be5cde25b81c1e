import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ZONE_SETTINGS } from "../contract/program-inputs.js";
import { ZONE } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack } from "./stack.js";

const CREDENTIALS = { email: "admin@example.com", apiKey: "global-key-global-key-global-key-0" };
const PROGRAM = { zoneId: ZONE, ...ZONE_SETTINGS };

captureLogs();

let emulator: Emulator;
afterEach(() => emulator.close());

it("The organization of a zone is adopted with an email and a global API key, and keeps what zones do not accept", async () => {
  emulator = await startEmulator({
    credentials: [CREDENTIALS],
    behavior: { zoneRejectsTokens: true },
    personality: "explicit",
  });
  emulator.seed("zones", ZONE, { name: "Before", deny_unmatched_requests: true });
  const config = {
    "zerotrust:apiToken": undefined,
    "zerotrust:apiKey": CREDENTIALS.apiKey,
    "zerotrust:email": CREDENTIALS.email,
  };
  const stack = new OneResourceStack(organization, emulator, { config });
  expect(await stack.up(PROGRAM)).toBe("created");
  expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "PUT"]);
  expect(emulator.organization("zones", ZONE)).toMatchObject({
    name: ZONE_SETTINGS.name,
    deny_unmatched_requests: true,
  });
  expect(stack.state?.id).toBe(`zones/${ZONE}`);
  expect(stack.inputs).toEqual(PROGRAM);
  expect(stack.outputs).toMatchObject(PROGRAM);
  expect(await stack.up(PROGRAM)).toBe("same");
  expect(await stack.refresh()).toBe("clean");
});
