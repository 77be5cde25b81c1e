import packageJson from "../package.json";
import { VERSION } from "../provider/cloudflare/version.js";

describe("VERSION, which requests name in their user agent,", () => {
  it("is the version in package.json", () => {
    expect(VERSION).toBe(packageJson.version);
  });
});
