import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Semaphore } from "async-mutex";
import { Command, Option } from "commander";
import { findOrInstallEngine, type Engine } from "../engine/index.js";
import { pack } from "../package/packed.js";
import {
  COMPILERS,
  MANAGERS,
  NODES,
  meetsEngine,
  rowsOf,
  SDKS,
  type Choice,
  type NodeMajor,
  type Row,
} from "./axes.js";
import { checkEngine, checkLoading, checkTypes, outcome } from "./checks.js";
import { install, sdkVersion, type Installation } from "./installation.js";
import { failuresIn, renderTable, type NodeResult, type RowResult } from "./table.js";
import { makeToolbox, type Toolbox } from "./toolbox.js";

interface Options extends Choice {
  readonly nodes?: readonly NodeMajor[];
  readonly concurrency: string;
}

interface Bench {
  readonly folder: string;
  readonly tarball: string;
  readonly peerRange: string;
  readonly nodes: readonly NodeMajor[];
  readonly toolbox: Toolbox;
  readonly engine: Engine;
}

const command = new Command("npm run test:matrix --")
  .description("use the packed package as its users may: every manager, compiler, SDK and Node")
  .addOption(new Option("--managers <name...>").choices(MANAGERS))
  .addOption(new Option("--sdks <end...>").choices(SDKS))
  .addOption(new Option("--compilers <major...>").choices(COMPILERS))
  .addOption(new Option("--nodes <major...>").choices(NODES))
  .option("--concurrency <number>", "how many installations at once", "2")
  .addHelpText("after", "\nExample:\n  npm run test:matrix -- --managers pnpm --nodes 22 24");

async function main(): Promise<number> {
  const options = command.parse().opts<Options>();
  const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-matrix-"));
  const nodes = options.nodes ?? NODES;
  const toolbox = await makeToolbox(path.join(folder, "tools"));
  const engine = await findOrInstallEngine();
  tell(`${toolbox.versions.join(", ")}, Pulumi ${engine.version}`);
  const { tarball } = await pack(folder);
  const bench = { folder, tarball, peerRange: await peerRange(), nodes, toolbox, engine };

  const places = new Semaphore(Number(options.concurrency));
  const results = await Promise.all(
    rowsOf(options).map((row) => places.runExclusive(() => use(row, bench))),
  );
  process.stdout.write(`${renderTable(results, nodes)}\n`);
  const failures = failuresIn(results);
  if (failures.length === 0) {
    await rm(folder, { recursive: true, force: true });
    return 0;
  }
  tell(`${failures.join("\n")}\nWhat they said is in ${folder}/*.log.`);
  return 1;
}

/** One installation, and everything that is done with it. */
async function use(row: Row, bench: Bench): Promise<RowResult> {
  const name = `${row.manager}-${row.sdk}-${row.compiler}`;
  const log = (check: string) => path.join(bench.folder, `${name}-${check}.log`);
  const sdk = await sdkVersion(row.sdk, bench.peerRange);
  const folder = path.join(bench.folder, name);
  let installation: Installation | undefined;
  const { failure } = await outcome(
    install(row, { ...bench, folder, sdk }).then((made) => void (installation = made)),
    log("install"),
  );
  if (installation === undefined)
    return { row, installed: { failure: failure ?? "unknown" }, nodes: new Map() };

  const made: Installation = installation;
  const types = await outcome(checkTypes(made), log("types"));
  const nodes = new Map<NodeMajor, NodeResult>();
  for (const node of bench.nodes) {
    const bin = bench.toolbox.node[node];
    nodes.set(node, {
      load: await outcome(checkLoading(made, bin), log(`load-${node}`)),
      ...(meetsEngine(row, node)
        ? { engine: await outcome(checkEngine(made, bin, bench.engine), log(`engine-${node}`)) }
        : {}),
    });
  }
  const result = {
    row,
    installed: { sdk: made.sdkVersion, compiler: made.compilerVersion },
    types,
    nodes,
  };
  tell(`${name}: ${failuresIn([result]).length === 0 ? "fine" : "trouble"}`);
  return result;
}

async function peerRange(): Promise<string> {
  const { peerDependencies } = JSON.parse(await readFile("package.json", "utf8")) as {
    peerDependencies: { "@pulumi/pulumi": string };
  };
  return peerDependencies["@pulumi/pulumi"];
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main().then((exitCode) => (process.exitCode = exitCode));
