import { createRequire } from "node:module";
import path from "node:path";
import semver from "semver";
import { VERSION } from "../../cloudflare/version.js";
import {
  MIN_IMPORT_CLI,
  MIN_EXIT_CODE_CLI,
  INSTALL_CLI,
  NO_CLI,
  pulumiVersion,
} from "../pulumi.js";
import { messageOf } from "../errors.js";
import type { Finding } from "./finding.js";

const NODE_FLOOR = "20.0.0";
const SDK_FLOOR = "3.216.0";
const SDK = "@pulumi/pulumi";
const PACKAGE = "pulumi-cloudflare-zero-trust";

export function nodeFinding(version: string): Finding {
  const check = "Node";
  if (semver.gte(version, NODE_FLOOR)) return { check, status: "fine", says: version };
  return {
    check,
    status: "trouble",
    says: `${version} is too old: 20 or newer is needed.`,
    advice: "Install it from https://nodejs.org.",
  };
}

/** Whether a program in this folder finds this package: the engine looks for it from there. */
export function packageFinding(folder: string): Finding {
  const check = "package";
  const found = versionIn(folder, PACKAGE);
  if (found === undefined)
    return {
      check,
      status: "trouble",
      says: `A program in ${folder} would not find ${PACKAGE}.`,
      advice: `Run this in your Pulumi project, and there: npm install ${PACKAGE}`,
    };
  const other = found === VERSION ? "" : `; this command is of ${VERSION}`;
  return { check, status: other === "" ? "fine" : "note", says: `${PACKAGE} ${found}${other}` };
}

export function sdkFinding(folder: string): Finding {
  const check = "SDK";
  const version = versionIn(folder, SDK);
  const advice = `In your Pulumi project: npm install ${SDK}@^3`;
  if (version === undefined)
    return {
      check,
      status: "trouble",
      says: `A program in ${folder} would not find ${SDK}.`,
      advice,
    };
  if (semver.satisfies(version, `>=${SDK_FLOOR} <4`, { includePrerelease: true }))
    return { check, status: "fine", says: `${SDK} ${version}` };
  const says = `${SDK} ${version} is not supported: ${SDK_FLOOR} or newer is needed, below 4.`;
  return { check, status: "trouble", says, advice };
}

export async function cliFinding(): Promise<Finding> {
  try {
    return cliVersionFinding(await pulumiVersion());
  } catch (error) {
    return { check: "Pulumi CLI", status: "trouble", says: messageOf(error) };
  }
}

export function cliVersionFinding(version: string | undefined): Finding {
  const check = "Pulumi CLI";
  const advice = INSTALL_CLI;
  if (version === undefined) return { check, status: "trouble", says: NO_CLI, advice };
  if (semver.valid(version) === null)
    return { check, status: "note", says: `${version} is no version that can be compared.` };
  if (semver.gte(version, MIN_IMPORT_CLI)) return { check, status: "fine", says: version };
  const says = `${version} cannot import from files: ${MIN_IMPORT_CLI} or newer is needed.`;
  if (semver.gte(version, MIN_EXIT_CODE_CLI))
    return { check, status: "note", says: `${says} Deployments and drift checks work.`, advice };
  const exitCodes = `Before ${MIN_EXIT_CODE_CLI} a drift check exits with 255 in place of 7, too.`;
  return { check, status: "trouble", says: `${says} ${exitCodes}`, advice };
}

/** The version of a package as a program in a folder finds it. */
function versionIn(folder: string, name: string): string | undefined {
  try {
    const program = createRequire(path.resolve(folder, "index.js"));
    return (program(`${name}/package.json`) as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}
