import { startEmulator, type Emulator, type EmulatorOptions } from "../../emulator/index.js";
import { SERVICE_TOKEN } from "../ids.js";
import { accountId } from "./accounts.js";
import { changesOf } from "./diagnostics.js";
import { createProject, succeeded, type Project, type Run } from "./project.js";
import { resource } from "./source.js";
import { startSwitchboard, type Switchboard } from "./switchboard.js";

jest.setTimeout(240_000);

const STATED = { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" };

/** What a live account may answer while nobody has made DoH settings. */
const NOT_CONFIGURED: Record<string, EmulatorOptions> = {
  answersNull: { behavior: { dohUnset: "null" } },
  answersEmpty: { behavior: { dohUnset: "empty" }, personality: "explicit" },
  answersDefault: { behavior: { dohUnset: "default_duration" } },
  answersNotFound: { behavior: { dohUnset: "not_found" }, personality: "explicit" },
  answersNotEnabled: { behavior: { dohUnset: "not_enabled" } },
};

/** Answers that lack one of the two parts. */
const HALF: Record<string, EmulatorOptions> = {
  lacksToken: { behavior: { dohResponse: "duration_only" } },
  lacksTokenExplicitly: { behavior: { dohResponse: "duration_only" }, personality: "explicit" },
  lacksDuration: { behavior: { dohResponse: "token_only" } },
  lacksDurationExplicitly: { behavior: { dohResponse: "token_only" }, personality: "explicit" },
};

const notConfigured = Object.keys(NOT_CONFIGURED);
const half = Object.keys(HALF);
const all = [...notConfigured, ...half];
const accountOf = (name: string) => accountId(all.indexOf(name) + 1);

/** One stack, and in it one account for each way of answering. */
describe("DoH settings, however the API answers", () => {
  const emulators = new Map<string, Emulator>();
  let switchboard: Switchboard;
  let project: Project;

  const emulatorOf = (name: string): Emulator => {
    const emulator = emulators.get(accountOf(name));
    if (emulator === undefined) throw new Error(`There is no emulator ${name}.`);
    return emulator;
  };
  const live = (name: string) => emulatorOf(name).doh(accountOf(name));
  const edit = (name: string, changes: Parameters<Emulator["editDoh"]>[1]) =>
    emulatorOf(name).editDoh(accountOf(name), changes);
  const methodsOf = (name: string) => emulatorOf(name).requests.map(({ method }) => method);
  beforeAll(async () => {
    for (const [name, answering] of Object.entries({ ...NOT_CONFIGURED, ...HALF })) {
      const emulator = await startEmulator(answering);
      emulator.seed("accounts", accountOf(name));
      emulator.addServiceToken(accountOf(name), { id: SERVICE_TOKEN });
      emulators.set(accountOf(name), emulator);
    }
    switchboard = await startSwitchboard(emulators);
    project = await createProject(switchboard);
    await project.program(
      ...all.map((name) =>
        resource("DohSettings", name, {
          accountId: accountOf(name),
          serviceTokenId: SERVICE_TOKEN,
          dohJwtDuration: "12h",
        }),
      ),
    );
  });
  afterAll(async () => {
    await project.remove();
    await switchboard.close();
    await Promise.all([...emulators.values()].map((emulator) => emulator.close()));
  });
  const clearRequests = () => {
    for (const name of all) emulatorOf(name).clearRequests();
  };

  describe("adopting", () => {
    let run: Run;
    beforeAll(async () => {
      run = await project.up();
    });

    it("succeeds", () => {
      expect(run.exitCode).toBe(0);
    });

    it.each(all)("writes both settings with one PUT (%s)", (name) => {
      expect(methodsOf(name)).toEqual(["GET", "PUT"]);
      expect(live(name)).toEqual(STATED);
    });

    it("concludes nothing from a part that a response lacks", () => {
      expect(run.output).not.toContain("warning: ");
    });
  });

  describe("applying and refreshing again", () => {
    it("changes nothing and finds no drift, where an answer stays half too", async () => {
      clearRequests();
      await succeeded(project.up("--expect-no-changes"));
      await succeeded(project.drift());
      for (const name of all) expect(methodsOf(name)).toEqual(["GET"]);
    });
  });

  describe("drift", () => {
    let run: Run;
    beforeAll(async () => {
      for (const name of notConfigured)
        edit(name, { service_token_id: null, doh_jwt_duration: null });
      for (const name of half) edit(name, { doh_jwt_duration: "36h" });
      run = await project.drift();
    });

    it("exits 7 and drops nothing from state", () => {
      expect(run.exitCode).toBe(7);
      expect(run.output).toContain("~ 7 to update");
      expect(run.output).not.toContain("to delete");
    });

    it.each(notConfigured)("names both settings once they are gone (%s)", (name) => {
      const duration =
        name === "answersDefault" ? `~ dohJwtDuration: "12h" => "24h"` : `- dohJwtDuration: "12h"`;
      expect(changesOf(name, run.output)).toEqual([
        duration,
        `- serviceTokenId: "${SERVICE_TOKEN}"`,
      ]);
    });

    it.each(half)("names what the answer shows and nothing else (%s)", (name) => {
      const shown = name.startsWith("lacksToken") ? [`~ dohJwtDuration: "12h" => "36h"`] : [];
      expect(changesOf(name, run.output)).toEqual(shown);
    });
  });

  describe("healing", () => {
    beforeAll(async () => {
      clearRequests();
      await succeeded(project.up("--refresh", "--run-program"));
    });

    it.each(notConfigured)("sends both settings again (%s)", (name) => {
      expect(methodsOf(name)).toEqual(["GET", "GET", "PUT"]);
      expect(live(name)).toEqual(STATED);
    });

    it.each(["lacksToken", "lacksTokenExplicitly"])(
      "sends the token along though no answer shows it (%s)",
      (name) => {
        expect(live(name)).toEqual(STATED);
      },
    );
  });
});
