import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, organizationPath, requestsTo } from "./accounts.js";
import { createProject, organization, succeeded, type Project, type Run } from "./project.js";

jest.setTimeout(120_000);

const EQUAL = accountId(1);
const DIFFERENT = accountId(2);
const NEW = accountId(3);
const NEW_WITH_PAGES = accountId(4);
const ACCOUNTS = [EQUAL, DIFFERENT, NEW, NEW_WITH_PAGES];

/** The program of this file, with the one setting that it changes. */
function program(sessionDuration: string): string[] {
  return [
    organization("equal", { accountId: EQUAL, sessionDuration }),
    organization("different", { accountId: DIFFERENT, sessionDuration }),
    organization("new", {
      accountId: NEW,
      name: "Widget Corp",
      authDomain: "new.cloudflareaccess.com",
      sessionDuration: "12h",
    }),
    organization("newWithPages", {
      accountId: NEW_WITH_PAGES,
      name: "Widget Corp",
      authDomain: "pages.cloudflareaccess.com",
      customPages: { forbidden: "699d98642c564d2e855e9661899b7252" },
    }),
  ];
}

describe("requests to Cloudflare", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", EQUAL, { session_duration: "12h" });
    emulator.seed("accounts", DIFFERENT, { session_duration: "24h" });
    project = await createProject(emulator);
    await project.program(...program("12h"));
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  /** The verbs that reached each organization while the CLI ran; nothing else may be asked for. */
  async function requestsDuring(run: () => Promise<Run>): Promise<string[]> {
    emulator.clearRequests();
    await succeeded(run());
    const known = ACCOUNTS.map(organizationPath);
    expect(
      emulator.requests.map(({ path }) => path).filter((path) => !known.includes(path)),
    ).toEqual([]);
    return ACCOUNTS.map((account) => requestsTo(emulator, account).join(" "));
  }

  it("are 1 for each resource to be made in the preview of a new stack", async () => {
    expect(await requestsDuring(() => project.preview())).toEqual(["GET", "GET", "GET", "GET"]);
  });

  it("create over an equal organization by 1, over a different one by 2, a new one by 2 or 3", async () => {
    expect(await requestsDuring(() => project.up())).toEqual([
      "GET",
      "GET PUT",
      "GET POST",
      "GET POST PUT",
    ]);
  });

  it("read by 1", async () => {
    expect(await requestsDuring(() => project.drift())).toEqual(["GET", "GET", "GET", "GET"]);
  });

  it("are none in the preview of a deployed stack, changed or not", async () => {
    await project.program(...program("24h"));
    expect(await requestsDuring(() => project.preview())).toEqual(["", "", "", ""]);
  });

  it("update by 2, by 1 where someone else did it before, and compare by none", async () => {
    emulator.edit("accounts", EQUAL, { session_duration: "24h" });
    expect(await requestsDuring(() => project.up())).toEqual(["GET", "GET PUT", "", ""]);
  });

  it("delete by none", async () => {
    expect(await requestsDuring(() => project.destroy())).toEqual(["", "", "", ""]);
  });
});
