import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(120_000);

const TEXTS = ["loginDesign", "loginDesign.headerText", "*"];
const LIST = "mfaConfig.allowedAuthenticators[0]";

let emulator: Emulator;
let project: Project;
beforeAll(async () => {
  emulator = await startEmulator();
  project = await createProject(emulator);
  [...TEXTS, LIST].forEach((_, index) => emulator.seed("accounts", accountId(index + 1)));
});
afterAll(async () => {
  await project.remove();
  await emulator.close();
});

const live = (ignored: string) =>
  emulator.organization("accounts", accountId([...TEXTS, LIST].indexOf(ignored) + 1));

/** One resource for each ignored path. */
const program = (sessionDuration: string, text: string, authenticators: readonly string[]) =>
  project.program(
    ...[...TEXTS, LIST].map((ignored, index) =>
      resource(
        "Organization",
        `organization${index}`,
        {
          accountId: accountId(index + 1),
          sessionDuration,
          ...(ignored === LIST
            ? { mfaConfig: { allowedAuthenticators: authenticators } }
            : { loginDesign: { headerText: text, footerText: text } }),
        },
        `{ ignoreChanges: [${JSON.stringify(ignored)}] }`,
      ),
    ),
  );

describe("The resource option ignoreChanges", () => {
  beforeAll(async () => {
    await program("24h", "deployed", ["totp"]);
    await succeeded(project.up());
    for (const [index] of TEXTS.entries())
      emulator.edit("accounts", accountId(index + 1), {
        login_design: { header_text: "edited", footer_text: "edited" },
      });
    emulator.edit("accounts", accountId(TEXTS.length + 1), {
      mfa_config: { allowed_authenticators: ["security_key"] },
    });
    await program("12h", "declared", ["biometrics"]);
    await succeeded(project.up());
  });

  it("keeps the live value of a whole input, and writes the others", () => {
    expect(live("loginDesign")).toMatchObject({
      session_duration: "12h",
      login_design: { header_text: "edited", footer_text: "edited" },
    });
  });

  it("keeps the live value of a nested property, and writes its neighbor", () => {
    expect(live("loginDesign.headerText")).toMatchObject({
      session_duration: "12h",
      login_design: { header_text: "edited", footer_text: "declared" },
    });
  });

  it("keeps the live value of a list if it names an item", () => {
    expect(live(LIST)).toMatchObject({
      session_duration: "12h",
      mfa_config: { allowed_authenticators: ["security_key"] },
    });
  });

  it('writes nothing with "*"', () => {
    expect(live("*")).toMatchObject({
      session_duration: "24h",
      login_design: { header_text: "edited", footer_text: "edited" },
    });
  });
});
