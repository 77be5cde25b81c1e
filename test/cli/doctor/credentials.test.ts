import { credentialsFinding } from "../../../provider/cli/doctor/credentials.js";

describe("doctor, looking for credentials", () => {
  it("is content with a token", () => {
    expect(credentialsFinding({ CLOUDFLARE_API_TOKEN: "x".repeat(40) })).toEqual({
      check: "credentials",
      status: "fine",
      says: "an API token from the environment (CLOUDFLARE_API_TOKEN)",
    });
  });

  it("finds it no trouble where there are none: they may be where it can't look", () => {
    expect(credentialsFinding({ CLOUDFLARE_API_TOKEN: "" })).toMatchObject({
      status: "note",
      says: "are not in the environment, so no live organization was looked at.",
      advice: expect.stringContaining("export CLOUDFLARE_API_TOKEN") as unknown,
    });
  });

  it("finds half of a credential trouble", () => {
    expect(credentialsFinding({ CLOUDFLARE_EMAIL: "someone@example.com" })).toMatchObject({
      status: "trouble",
      says: expect.stringContaining("without the API key") as unknown,
    });
  });
});
