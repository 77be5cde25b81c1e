import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import packageJson from "../package.json";
import { VERSION } from "../provider/cloudflare/version.js";

describe("The version in package.json", () => {
  const { version } = packageJson;

  it("is the one that requests name in their user agent", () => {
    expect(VERSION).toBe(version);
  });

  it("is in the changelog: `npm run release:version` adds it", () => {
    const changelog = readFileSync(path.join(__dirname, "../CHANGELOG.md"), "utf8");
    expect(changelog).toContain(`\n## ${version}\n`);
  });

  it("has a recorded state: `npm run record-state` writes it", () => {
    expect(existsSync(path.join(__dirname, `engine/states/${version}.json`))).toBe(true);
  });
});
