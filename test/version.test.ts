import packageJson from "../package.json";
import { VERSION } from "../provider/cloudflare/version.js";

describe("the version that requests name", () => {
  it("is the package's", () => {
    expect(VERSION).toBe(packageJson.version);
  });
});
