import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import execa from "execa";
import { parseAllDocuments } from "yaml";
import { readFleet, stacksOf } from "../../examples/fleet/fleet-file.js";
import { temporaryFolder } from "../cli/run-command.js";
import { fc } from "../property.js";

const EXAMPLE = path.resolve(__dirname, "../../examples/fleet");

describe("accounts.yaml of the fleet example", () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
  afterEach(() => remove());

  async function read(text: string) {
    const file = path.join(folder, "accounts.yaml");
    await writeFile(file, text);
    return readFleet(file);
  }

  /** Returns the errors of an invalid file. */
  async function errorsOf(text: string): Promise<string> {
    const error = await read(text).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error("The file was accepted.");
    const [first = "", ...rest] = error.message.split("\n");
    expect(first).toBe(`${path.join(folder, "accounts.yaml")} is invalid:`);
    return rest.join("\n");
  }

  it("spreads the two accounts of the example over two stacks", () => {
    expect(
      [...stacksOf(readFleet())].map(([stack, all]) => [stack, all.map(({ name }) => name)]),
    ).toEqual([
      ["shard-0", ["gadget"]],
      ["shard-1", ["widget"]],
    ]);
  });

  it("may have an empty list of accounts", async () => {
    expect(await read("baseline: {}\naccounts:\n")).toEqual({ baseline: {}, accounts: [] });
  });

  it("is rejected with every error at once", async () => {
    const text = `
baseline: { accountId: 0123456789abcdef0123456789abcdef }
shards: 0
account: []
accounts:
  - { id: 12345678901234567890123456789012, name: widget }
  - { id: 0123456789abcdef0123456789abcdef, name: "a b", settings: [] }
  - { id: fedcba9876543210fedcba9876543210, name: gadget, setting: {} }
`;
    expect(await errorsOf(text)).toMatchInlineSnapshot(`
      "✖ Unrecognized key: "account"
      ✖ must not contain accountId or zoneId
        → at baseline
      ✖ Too small: expected number to be >=1
        → at shards
      ✖ Unrecognized key: "setting"
        → at accounts[2]
      ✖ must be an account id: 32 hexadecimal digits, in quotes where all of them are decimal
        → at accounts[0].id
      ✖ must be letters, digits, - and _
        → at accounts[1].name
      ✖ must be a map of settings
        → at accounts[1].settings"
    `);
  });

  it("is rejected if two accounts share an id or a name", async () => {
    const text = `
baseline: {}
accounts:
  - { id: 0123456789abcdef0123456789abcdef, name: widget }
  - { id: 0123456789abcdef0123456789abcdef, name: gadget }
  - { id: fedcba9876543210fedcba9876543210, name: widget }
  - { id: 0123456789abcdef0123456789abcdee, name: a_b }
  - { id: 0123456789abcdef0123456789abcded, name: A-B }
`;
    expect(await errorsOf(text)).toMatchInlineSnapshot(`
      "✖ must be unique: accounts[0] has the same one
        → at accounts[1].id
      ✖ must be unique: accounts[0] has the same one
        → at accounts[2].name
      ✖ must be unique: accounts[3] has the same one (upper and lower case, and "_" and "-", count as equal)
        → at accounts[4].name"
    `);
  });
});

describe("stacksOf", () => {
  const account = fc
    .stringMatching(/^[0-9a-f]{32}$/)
    .map((id) => ({ id, name: `a-${id}`, settings: {} }));
  const accounts = fc.uniqueArray(account, { selector: ({ id }) => id, maxLength: 60 });
  const shards = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });

  it("puts every account into exactly one stack", () => {
    fc.assert(
      fc.property(accounts, shards, (all, number) => {
        const stacks = stacksOf({ baseline: {}, accounts: all, shards: number });
        expect(stacks.size).toBe(number ?? all.length);
        const held = [...stacks.values()].flat().map(({ id }) => id);
        expect(held.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });

  it("moves no other account if one is added or removed", () => {
    fc.assert(
      fc.property(accounts, account, fc.integer({ min: 1, max: 12 }), (all, added, number) => {
        const before = stacksOf({ baseline: {}, accounts: all, shards: number });
        const after = stacksOf({ baseline: {}, accounts: [added, ...all], shards: number });
        for (const [stack, held] of before)
          expect(after.get(stack)?.filter((one) => one !== added)).toEqual(held);
      }),
    );
  });
});

describe("manifests of the fleet example", () => {
  async function manifests(...args: string[]) {
    const command = ["--require", "tsx/cjs", "tools/manifests.ts", ...args];
    return execa(process.execPath, command, { cwd: EXAMPLE, reject: false });
  }
  const REPO = ["--repo", "https://git.example.com/platform/fleet.git"];

  it("prints a Stack of the operator for each stack", async () => {
    const { stdout } = await manifests(...REPO, "--every", "600");
    const documents = parseAllDocuments(stdout).map((document) => document.toJS() as object);
    const secret = (key: string) => ({ type: "Secret", secret: { name: "zero-trust-fleet", key } });
    expect(documents).toEqual(
      ["shard-0", "shard-1"].map((stack) => ({
        apiVersion: "pulumi.com/v1",
        kind: "Stack",
        metadata: { name: `zero-trust-fleet-${stack}` },
        spec: {
          stack,
          serviceAccountName: "zero-trust-fleet",
          projectRepo: "https://git.example.com/platform/fleet.git",
          branch: "main",
          repoDir: ".",
          refresh: true,
          continueResyncOnCommitMatch: true,
          resyncFrequencySeconds: 600,
          destroyOnFinalize: false,
          envRefs: {
            PULUMI_ACCESS_TOKEN: secret("pulumiAccessToken"),
            CLOUDFLARE_API_TOKEN: secret("cloudflareApiToken"),
          },
        },
      })),
    );
  });

  it("previews only with --preview-only", async () => {
    const { stdout } = await manifests(...REPO, "--preview-only");
    expect(stdout.match(/^ {2}preview: true$/gm)).toHaveLength(2);
  });

  it("fails without --repo, and with an interval below one minute", async () => {
    expect(await manifests()).toMatchObject({ exitCode: 1, stdout: "" });
    expect(await manifests(...REPO, "--every", "59")).toMatchObject({ exitCode: 1, stdout: "" });
  });
});

describe("schedules of the fleet example", () => {
  it("gives each stack its deployment settings and a drift check without remediation, one a minute", async () => {
    const registered: { type: string; inputs: Record<string, unknown> }[] = [];
    await pulumi.runtime.setMocks(
      {
        newResource: ({ type, name, inputs }) => {
          registered.push({ type, inputs: inputs as Record<string, unknown> });
          return { id: name, state: inputs as Record<string, unknown> };
        },
        call: () => ({}),
      },
      "schedules",
      "test",
      false,
      "example",
    );
    pulumi.runtime.setAllConfig({
      "schedules:repository": "https://git.example.com/platform/fleet.git",
      "schedules:directory": ".",
      "schedules:cloudflareApiToken": "not-a-real-token",
    });
    await import("../../examples/fleet/schedules/index.js");
    await pulumi.runtime.disconnect();

    const of = (type: string) =>
      registered
        .filter((one) => one.type === `pulumiservice:index:${type}`)
        .map(({ inputs }) => inputs);
    expect(of("DriftSchedule")).toEqual(
      ["shard-0", "shard-1"].map((stack, index) => ({
        organization: "example",
        project: "zero-trust-fleet",
        stack,
        scheduleCron: `${index} 1 * * *`,
        autoRemediate: false,
      })),
    );
    expect(of("DeploymentSettings").map(({ stack }) => stack)).toEqual(["shard-0", "shard-1"]);
  });
});
