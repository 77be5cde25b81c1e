import { readFileSync, writeFileSync } from "node:fs";

/** Copies the version from package.json to the constant in the User-Agent header. */
const FILE = "provider/cloudflare/version.ts";
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const source = readFileSync(FILE, "utf8");
writeFileSync(FILE, source.replace(/(?<=VERSION = ").*(?=")/, version));
