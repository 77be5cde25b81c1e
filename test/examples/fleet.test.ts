import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import Ajv from "ajv";
import execa from "execa";
import { parseAllDocuments } from "yaml";
import { readFleet, stacksOf } from "../../examples/fleet/fleet-file.js";
import { temporaryFolder } from "../cli/run-command.js";
import { fc } from "../property.js";

const EXAMPLE = path.resolve(__dirname, "../../examples/fleet");

describe("the file of a fleet", () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
  afterEach(() => remove());

  async function read(text: string) {
    const file = path.join(folder, "accounts.yaml");
    await writeFile(file, text);
    return readFleet(file);
  }

  /** What is said of a file that cannot be used. */
  async function problems(text: string): Promise<string> {
    const error = await read(text).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error("The file was taken.");
    const [first = "", ...rest] = error.message.split("\n");
    expect(first).toBe(`${path.join(folder, "accounts.yaml")} cannot be used:`);
    return rest.join("\n");
  }

  it("is the one of the example", () => {
    expect(
      [...stacksOf(readFleet())].map(([stack, all]) => [stack, all.map(({ name }) => name)]),
    ).toEqual([
      ["shard-0", ["gadget"]],
      ["shard-1", ["widget"]],
    ]);
  });

  it("may list no account yet", async () => {
    expect(await read("baseline: {}\naccounts:\n")).toEqual({ baseline: {}, accounts: [] });
  });

  it("is refused with everything that is wrong with it", async () => {
    const text = `
baseline: { accountId: 0123456789abcdef0123456789abcdef }
shards: 0
account: []
accounts:
  - { id: 12345678901234567890123456789012, name: widget }
  - { id: 0123456789abcdef0123456789abcdef, name: "a b", settings: [] }
  - { id: fedcba9876543210fedcba9876543210, name: gadget, setting: {} }
`;
    expect(await problems(text)).toMatchInlineSnapshot(`
      "✖ Unrecognized key: "account"
      ✖ must not name an account
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

  it("names no account twice", async () => {
    const text = `
baseline: {}
accounts:
  - { id: 0123456789abcdef0123456789abcdef, name: widget }
  - { id: 0123456789abcdef0123456789abcdef, name: gadget }
  - { id: fedcba9876543210fedcba9876543210, name: widget }
  - { id: 0123456789abcdef0123456789abcdee, name: a_b }
  - { id: 0123456789abcdef0123456789abcded, name: A-B }
`;
    expect(await problems(text)).toMatchInlineSnapshot(`
      "✖ is that of accounts[0] too
        → at accounts[1].id
      ✖ is that of accounts[0] too
        → at accounts[2].name
      ✖ is that of accounts[3] too, but for case, or "_" in place of "-"
        → at accounts[4].name"
    `);
  });
});

describe("the stacks of a fleet", () => {
  const account = fc
    .stringMatching(/^[0-9a-f]{32}$/)
    .map((id) => ({ id, name: `a-${id}`, settings: {} }));
  const accounts = fc.uniqueArray(account, { selector: ({ id }) => id, maxLength: 60 });
  const shards = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });

  it("hold every account once", () => {
    fc.assert(
      fc.property(accounts, shards, (all, number) => {
        const stacks = stacksOf({ baseline: {}, accounts: all, shards: number });
        expect(stacks.size).toBe(number ?? all.length);
        const held = [...stacks.values()].flat().map(({ id }) => id);
        expect(held.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });

  it("keep their accounts where one is added or goes away", () => {
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

describe("the manifests for the Kubernetes operator", () => {
  async function manifests(...args: string[]) {
    const command = ["--require", "tsx/cjs", "tools/manifests.ts", ...args];
    return execa(process.execPath, command, { cwd: EXAMPLE, reject: false });
  }
  const REPO = ["--repo", "https://git.example.com/platform/fleet.git"];

  it("are a Stack for each stack, in the form that the operator documents", async () => {
    const { stdout } = await manifests(...REPO, "--every", "600");
    const documents = parseAllDocuments(stdout).map((document) => document.toJS() as object);
    const validate = new Ajv().compile(OPERATOR_STACK);
    for (const document of documents)
      expect({ holds: validate(document), errors: validate.errors }).toEqual({
        holds: true,
        errors: null,
      });
    expect(documents).toMatchObject([
      { metadata: { name: "zero-trust-fleet-shard-0" }, spec: { stack: "shard-0" } },
      { metadata: { name: "zero-trust-fleet-shard-1" }, spec: { stack: "shard-1" } },
    ]);
    expect(documents[0]).toMatchObject({
      spec: { refresh: true, continueResyncOnCommitMatch: true, resyncFrequencySeconds: 600 },
    });
    expect(stdout).not.toContain("preview");
  });

  it("can look only", async () => {
    const { stdout } = await manifests(...REPO, "--look-only");
    expect(stdout.match(/^ {2}preview: true$/gm)).toHaveLength(2);
  });

  it("are refused without a repository, or more often than the operator takes", async () => {
    expect(await manifests()).toMatchObject({ exitCode: 1, stdout: "" });
    expect(await manifests(...REPO, "--every", "59")).toMatchObject({ exitCode: 1, stdout: "" });
  });
});

describe("the schedules for Pulumi Deployments", () => {
  it("give each stack its settings and a drift check that heals nothing, one a minute", async () => {
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

/** What the operator's reference says of the fields that are used. */
const OPERATOR_STACK = {
  type: "object",
  additionalProperties: false,
  required: ["apiVersion", "kind", "metadata", "spec"],
  properties: {
    apiVersion: { const: "pulumi.com/v1" },
    kind: { const: "Stack" },
    metadata: {
      type: "object",
      required: ["name"],
      properties: {
        name: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", maxLength: 253 },
      },
    },
    spec: {
      type: "object",
      additionalProperties: false,
      required: ["stack", "projectRepo", "branch"],
      properties: {
        stack: { type: "string" },
        serviceAccountName: { type: "string" },
        projectRepo: { type: "string" },
        branch: { type: "string" },
        repoDir: { type: "string" },
        refresh: { type: "boolean" },
        preview: { type: "boolean" },
        continueResyncOnCommitMatch: { type: "boolean" },
        resyncFrequencySeconds: { type: "integer", minimum: 60 },
        destroyOnFinalize: { type: "boolean" },
        envRefs: {
          type: "object",
          additionalProperties: {
            type: "object",
            additionalProperties: false,
            required: ["type", "secret"],
            properties: {
              type: { const: "Secret" },
              secret: {
                type: "object",
                additionalProperties: false,
                required: ["name", "key"],
                properties: { name: { type: "string" }, key: { type: "string" } },
              },
            },
          },
        },
      },
    },
  },
} as const;
