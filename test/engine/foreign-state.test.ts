import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(120_000);

const ACCOUNT = accountId(1);
const INPUTS = { accountId: ACCOUNT, sessionDuration: "12h" };

/** A dynamic resource as a program writes it by hand, with the same inputs. */
const BY_HAND = `
const provider = { create: async (inputs) => ({ id: "accounts/${ACCOUNT}", outs: inputs }) };
class ByHand extends pulumi.dynamic.Resource {
  constructor(name, args) { super(provider, name, args); }
}
new ByHand("organization", ${JSON.stringify(INPUTS)});`;

let emulator: Emulator;
let project: Project;
beforeAll(async () => {
  emulator = await startEmulator();
  project = await createProject(emulator);
  emulator.seed("accounts", ACCOUNT, { session_duration: "12h" });
});
afterAll(async () => {
  await project.remove();
  await emulator.close();
});

describe("The alias of a dynamic resource that a program wrote by hand", () => {
  const adopt = () =>
    project.program(
      resource(
        "Organization",
        "organization",
        INPUTS,
        '{ aliases: [{ type: "pulumi-nodejs:dynamic:Resource" }] }',
      ),
    );

  it("updates the resource once, with a GET, and replaces the code in state", async () => {
    await project.program(BY_HAND);
    await succeeded(project.up());
    expect(emulator.requests).toEqual([]);
    await adopt();
    expect(await succeeded(project.up())).toMatch("1 updated");
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET"]);
    const { organization } = await project.state();
    expect(organization?.type).toBe("pulumi-nodejs:dynamic/zerotrust:Organization");
    expect(organization?.inputs?.__provider).toMatch("pulumi-cloudflare-zero-trust/provider");
  });

  it("changes nothing afterwards", async () => {
    emulator.clearRequests();
    expect(await succeeded(project.up())).toMatch("2 unchanged");
    expect(emulator.requests).toEqual([]);
  });
});
