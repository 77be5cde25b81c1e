import { statSync } from "node:fs";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import {
  measurePluginLoading,
  measureProgramLoading,
  packagesOf,
  type Method,
  type PluginLoading,
} from "../../tools/bench/loading.js";
import { openWorkspace, type Workspace } from "../../tools/bench/workspace.js";
import { accountId } from "./accounts.js";
import { outgrown } from "./bounds.js";

jest.setTimeout(60_000);

const OURS = "pulumi-cloudflare-zero-trust";

const ownBytes = (modules: readonly string[]) =>
  modules
    .filter((file) => packagesOf([file])[0] === OURS)
    .reduce((sum, file) => sum + statSync(file).size, 0);

/*
 * A user waits for every module at every command, so these tests count which ones are loaded when.
 * `npm run bench` measures times.
 */
describe("The plugin process", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let loading: Readonly<Record<Method, PluginLoading>>;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", accountId(1));
    workspace = await openWorkspace();
    const env = { CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN, CLOUDFLARE_BASE_URL: emulator.baseUrl };
    const watch = (call: Method) => measurePluginLoading(workspace.folder, call, env);
    loading = {
      check: await watch("check"),
      read: await watch("read"),
      delete: await watch("delete"),
    };
  });

  afterAll(async () => {
    await workspace.remove();
    await emulator.close();
  });

  /** What a call loads beyond the provider itself. */
  const byCall = ({ entry, modules }: PluginLoading) =>
    modules.filter((file) => !entry.includes(file));

  it("loads a few files of its own before a call", () => {
    const { entry } = loading.delete;
    expect(packagesOf(entry)).toEqual([OURS, "async-mutex", "tslib"]);
    expect(
      outgrown([
        { what: "modules that the provider loads", is: entry.length, atMost: 12 },
        { what: "bytes of its own files", is: ownBytes(entry), atMost: 156_000 },
      ]),
    ).toEqual([]);
  });

  it("loads zod for a check, and no HTTP client", () => {
    const modules = byCall(loading.check);
    expect(packagesOf(modules)).toEqual([OURS, "zod", "fastest-levenshtein"]);
    expect(
      outgrown([
        { what: "bytes of own files that a check loads", is: ownBytes(modules), atMost: 20_000 },
      ]),
    ).toEqual([]);
  });

  it("loads axios for a request, and no zod", () => {
    const modules = byCall(loading.read);
    expect(packagesOf(modules)).toContain("axios");
    expect(packagesOf(modules)).not.toContain("zod");
    expect(
      outgrown([
        { what: "bytes of own files that a read loads", is: ownBytes(modules), atMost: 30_000 },
      ]),
    ).toEqual([]);
  });

  it("loads nothing for a delete", () => {
    expect(byCall(loading.delete)).toEqual([]);
  });
});

describe("A program", () => {
  it("loads the SDK and a few files of this package", async () => {
    const workspace = await openWorkspace();
    const { modules } = await measureProgramLoading(workspace.folder);
    const bytes = ownBytes(modules);
    await workspace.remove();
    expect(packagesOf(modules)).toEqual([OURS]);
    expect(
      outgrown([
        { what: "modules that a program loads", is: modules.length, atMost: 4 },
        { what: "bytes of them", is: bytes, atMost: 54_000 },
      ]),
    ).toEqual([]);
  });
});
