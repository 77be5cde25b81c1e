import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  IMPORT_FILE,
  PROGRAM,
  requireNoFiles,
  writeFiles,
} from "../../../provider/cli/codegen/write.js";
import type { ImportedResource } from "../../../provider/cli/codegen/imported-resource.js";
import { organizationType } from "../../../provider/registry.js";
import { ACCOUNT } from "../../ids.js";
import { temporaryFolder } from "../run-command.js";

const RESOURCE: ImportedResource = {
  type: organizationType,
  name: "organization",
  scope: { kind: "accounts", id: ACCOUNT },
  settings: { name: "Widget Corp", loginDesign: { headerText: "Widget Corp" } },
  computed: { createdAt: "2024-01-01T05:20:00Z" },
  omitted: [],
  unset: [],
};

describe("writeFiles", () => {
  let folder: string;
  let remove: () => Promise<void>;

  beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
  afterEach(() => remove());

  const textOf = (name: string) => readFile(path.join(folder, name), "utf8");

  it("writes a program and a file for `pulumi import --file`", async () => {
    await writeFiles(folder, [RESOURCE], false);
    const inputs = {
      __provider:
        'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;',
      accountId: ACCOUNT,
      ...RESOURCE.settings,
    };
    expect(JSON.parse(await textOf(IMPORT_FILE))).toEqual({
      resources: [
        {
          type: "pulumi-nodejs:dynamic/zerotrust:Organization",
          name: "organization",
          id: `accounts/${ACCOUNT}`,
          inputs,
          outputs: { ...inputs, ...RESOURCE.computed },
        },
      ],
    });
    expect(await readdir(folder)).toEqual([IMPORT_FILE, PROGRAM]);
  });

  it("creates the folder", async () => {
    await writeFiles(path.join(folder, "a/b"), [RESOURCE], false);
    expect(await readdir(path.join(folder, "a/b"))).toEqual([IMPORT_FILE, PROGRAM]);
  });

  it.each([PROGRAM, IMPORT_FILE])("does not overwrite %s", async (present) => {
    await writeFile(path.join(folder, present), "mine");
    const message = `${present} already exists in ${folder}. Nothing was written. Add --force to replace it, or choose another directory with --out.`;
    await expect(requireNoFiles(folder)).rejects.toThrow(message);
    await expect(writeFiles(folder, [RESOURCE], false)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([present]);
    expect(await textOf(present)).toBe("mine");
  });

  it("replaces existing files with force", async () => {
    await writeFile(path.join(folder, PROGRAM), "old");
    await writeFiles(folder, [RESOURCE], true);
    expect(await textOf(PROGRAM)).not.toBe("old");
    expect(await readdir(folder)).toEqual([IMPORT_FILE, PROGRAM]);
  });

  it("writes neither file if one of them cannot be written", async () => {
    await writeFile(path.join(folder, PROGRAM), "old");
    await mkdir(path.join(folder, IMPORT_FILE));
    await expect(writeFiles(folder, [RESOURCE], true)).rejects.toThrow(
      `Cannot write the files to ${folder}: EISDIR. Nothing was written.`,
    );
    expect(await textOf(PROGRAM)).toBe("old");
    expect(await readdir(folder)).toEqual([IMPORT_FILE, PROGRAM]);
  });

  it("names the folder if it cannot create it", async () => {
    await writeFile(path.join(folder, "file"), "");
    await expect(writeFiles(path.join(folder, "file"), [RESOURCE], false)).rejects.toThrow(
      /^Cannot write the files to .+: (EEXIST|ENOTDIR)\. Nothing was written\.$/,
    );
  });
});
