import { readFileSync, writeFileSync } from "node:fs";

/** Carries a new version from package.json to the constant that requests name. */
const FILE = "provider/cloudflare/version.ts";
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const source = readFileSync(FILE, "utf8");
writeFileSync(FILE, source.replace(/(?<=VERSION = ").*(?=")/, version));
