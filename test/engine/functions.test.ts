import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { ZONE } from "../ids.js";
import { accountId } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const OTHER_ACCOUNT = accountId(2);
const OTHER_TOKEN = "other-token-other-token-other-token-0000";

const PROGRAM = `
const accountId = "${OTHER_ACCOUNT}";
const managed = new zerotrust.DohSettings("managed", { accountId: "${ACCOUNT}" });
// A preview does not know its token, because the token comes from a resource.
const late = new zerotrust.Provider("late", { apiToken: managed.id.apply(() => "${OTHER_TOKEN}") });
const reason = (promise) => promise.then(() => "no error", ({ message }) => message);

exports.output = zerotrust.getOrganizationOutput({ accountId }, { provider: late }).name;
exports.plain = reason(zerotrust.getOrganization({ accountId }, { provider: late }));
exports.withoutProvider = reason(zerotrust.getOrganization({ accountId }));

if (!pulumi.runtime.isDryRun()) {
  exports.revoked = reason(zerotrust.revokeUser({ accountId, email: "a@example.com" }, { provider: late }));
  exports.revokedOnZone = reason(zerotrust.revokeUser({ zoneId: "${ZONE}", email: "b@example.com" }));
}
`;

describe("The functions in a program", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator({
      credentials: [
        { apiToken: EMULATOR_TOKEN, ids: [ACCOUNT, ZONE] },
        { apiToken: OTHER_TOKEN, ids: [OTHER_ACCOUNT] },
      ],
    });
    emulator.seed("accounts", ACCOUNT);
    emulator.seed("accounts", OTHER_ACCOUNT, { name: "Other Corp" });
    emulator.seed("zones", ZONE);
    project = await createProject(emulator);
    await project.program(PROGRAM);
  });

  it("wait in their Output form for credentials that a preview does not know, and otherwise fail", async () => {
    const output = await succeeded(project.preview());
    expect(output).toMatch(/output *: \[unknown\]|output *: output</);
    expect(output).toContain(
      "getOrganization: the credentials of the Provider are not known yet in this preview. Use the function's Output form, which waits for them.",
    );
  });

  it("use the credentials of the Provider, and do not make their result a secret", async () => {
    await succeeded(project.up());
    expect(await project.outputs()).toEqual({
      output: "Other Corp",
      plain: "no error",
      withoutProvider: expect.stringContaining(
        "9109: Unauthorized to access requested resource",
      ) as string,
      revoked: "no error",
      revokedOnZone: "no error",
    });
    const posts = emulator.requests.filter(({ method }) => method === "POST");
    expect(posts.map(({ body }) => body)).toEqual(
      expect.arrayContaining([{ email: "a@example.com" }, { email: "b@example.com" }]),
    );
  });
});
