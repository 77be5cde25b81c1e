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

const MIN_NODE = "20.3.0";
const MIN_SDK = "3.216.0";
const SDK = "@pulumi/pulumi";
const PACKAGE = "pulumi-cloudflare-zero-trust";

export function checkNode(version: string): Finding {
  const check = "Node.js";
  if (semver.gte(version, MIN_NODE)) return { check, status: "ok", message: version };
  return {
    check,
    status: "error",
    message: `${version} is not supported.`,
    hint: `Install version ${MIN_NODE} or later from https://nodejs.org.`,
  };
}

/** Checks that a program in this folder can load this package, because the engine resolves it from there. */
export function checkPackage(folder: string): Finding {
  const check = "Package";
  const installed = versionIn(folder, PACKAGE);
  if (installed === undefined)
    return {
      check,
      status: "error",
      message: `${PACKAGE} is not installed in ${folder}.`,
      hint: `Run this command in the directory of your Pulumi project. If it is, run \`npm install ${PACKAGE}\`.`,
    };
  if (installed === VERSION) return { check, status: "ok", message: `${PACKAGE} ${installed}` };
  return {
    check,
    status: "warning",
    message: `The project has ${PACKAGE} ${installed}, but this command is version ${VERSION}.`,
  };
}

export function checkSdk(folder: string): Finding {
  const check = "SDK";
  const version = versionIn(folder, SDK);
  const hint = `Run \`npm install ${SDK}@^3\` in the directory of your Pulumi project.`;
  if (version === undefined)
    return { check, status: "error", message: `${SDK} is not installed in ${folder}.`, hint };
  if (semver.satisfies(version, `>=${MIN_SDK} <4`, { includePrerelease: true }))
    return { check, status: "ok", message: `${SDK} ${version}` };
  const message = `${SDK} ${version} is not supported. The package needs ${MIN_SDK} or later, below 4.`;
  return { check, status: "error", message, hint };
}

export async function checkCli(): Promise<Finding> {
  try {
    return checkCliVersion(await pulumiVersion());
  } catch (error) {
    return { check: "Pulumi CLI", status: "error", message: messageOf(error) };
  }
}

export function checkCliVersion(version: string | undefined): Finding {
  const check = "Pulumi CLI";
  const hint = INSTALL_CLI;
  if (version === undefined) return { check, status: "error", message: NO_CLI, hint };
  if (semver.valid(version) === null)
    return { check, status: "warning", message: `The version ${version} cannot be compared.` };
  if (semver.gte(version, MIN_IMPORT_CLI)) return { check, status: "ok", message: version };
  if (semver.gte(version, MIN_EXIT_CODE_CLI))
    return {
      check,
      status: "warning",
      message: `${version} runs deployments and drift checks, but \`import\` and \`migrate\` need ${MIN_IMPORT_CLI} or later.`,
      hint,
    };
  return {
    check,
    status: "error",
    message: `${version} is not supported: its exit code after drift is 255 instead of 7. Install ${MIN_IMPORT_CLI} or later.`,
    hint,
  };
}

/** Returns the version of a package that a program in a folder would load. */
function versionIn(folder: string, name: string): string | undefined {
  try {
    const require = createRequire(path.resolve(folder, "index.js"));
    return (require(`${name}/package.json`) as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}
