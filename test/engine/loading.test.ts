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

/*
 * A user waits for every module at every command, so it is counted which ones are loaded when.
 * Times are measured by `npm run bench`.
 */
describe("what is loaded", () => {
  const OURS = "pulumi-cloudflare-zero-trust";
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

  const ownBytes = (modules: readonly string[]) =>
    modules
      .filter((file) => packagesOf([file])[0] === OURS)
      .reduce((sum, file) => sum + statSync(file).size, 0);

  /** What a call loads beyond the provider itself. */
  const byCall = ({ entry, modules }: PluginLoading) =>
    modules.filter((file) => !entry.includes(file));

  it("is little before a call", () => {
    const { entry } = loading.delete;
    expect(
      outgrown([
        { what: "modules that the provider loads", is: entry.length, atMost: 6 },
        // Some of it is for previews alone: what they foretell has grown by what a deployment is bound to refuse.
        { what: "bytes of its own files", is: ownBytes(entry), atMost: 156_000 },
      ]),
    ).toEqual([]);
    expect(packagesOf(entry)).toEqual([OURS]);
  });

  it("is a schema and the part of zod that it needs for a check, in one file, and no HTTP", () => {
    const modules = byCall(loading.check);
    expect(
      outgrown([
        { what: "modules that a check loads", is: modules.length, atMost: 4 },
        { what: "bytes of own files that a check loads", is: ownBytes(modules), atMost: 190_000 },
      ]),
    ).toEqual([]);
    expect(packagesOf(modules)).toEqual([OURS]);
  });

  it("is the client and the part of axios that it needs for a call, and no zod", () => {
    const modules = byCall(loading.read);
    expect(
      outgrown([
        { what: "modules that a read loads", is: modules.length, atMost: 3 },
        { what: "bytes of own files that a read loads", is: ownBytes(modules), atMost: 280_000 },
      ]),
    ).toEqual([]);
    expect(packagesOf(modules)).toEqual([OURS]);
    expect(modules.filter((file) => loading.check.modules.includes(file))).toEqual([]);
  });

  it("is one HTTP client of Node's, not the second behind its `fetch`", () => {
    const { builtins } = loading.read;
    expect(builtins).not.toEqual([]);
    expect(builtins.filter((name) => name.includes("undici"))).toEqual([]);
  });

  it("is nothing more for a delete", () => {
    expect(byCall(loading.delete)).toEqual([]);
  });

  it("is the SDK and a few own files in a program", async () => {
    const { modules } = await measureProgramLoading(workspace.folder);
    expect(packagesOf(modules)).toEqual([OURS]);
    expect(
      outgrown([
        { what: "modules that a program loads", is: modules.length, atMost: 4 },
        // Some of it is for values that come late, for secrets under older names, for credentials that turn
        // out to be empty, and for errors that say where a program made what the SDK refuses.
        { what: "bytes of them", is: ownBytes(modules), atMost: 52_000 },
      ]),
    ).toEqual([]);
  });
});
