import { checkCredentials } from "../../../provider/cli/doctor/credentials.js";

const CLOUDFLARE_API_TOKEN = "x".repeat(40);

describe("checkCredentials", () => {
  it.each<[string, Record<string, string>, string, string]>([
    ["an API token", { CLOUDFLARE_API_TOKEN }, "ok", "API token from CLOUDFLARE_API_TOKEN"],
    [
      "a global API key",
      { CLOUDFLARE_API_KEY: "0".repeat(37), CLOUDFLARE_EMAIL: "kim@example.com" },
      "ok",
      "Global API key and email from CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL",
    ],
    ["no variable", {}, "error", "No credentials are set in the environment."],
    [
      "an empty variable",
      { CLOUDFLARE_API_TOKEN: "" },
      "error",
      "CLOUDFLARE_API_TOKEN is set but empty.",
    ],
    [
      "two empty variables",
      { CLOUDFLARE_API_KEY: "", CLOUDFLARE_EMAIL: "" },
      "error",
      "CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL are set but empty.",
    ],
    [
      "an invalid base URL",
      { CLOUDFLARE_API_TOKEN, CLOUDFLARE_BASE_URL: "api.example.com" },
      "error",
      "The base URL in CLOUDFLARE_BASE_URL ",
    ],
  ])("names the variable of %s", (_what, env, status, message) => {
    const finding = checkCredentials(env);
    expect(finding).toMatchObject({ check: "Credentials", status });
    expect(finding.message).toContain(message);
  });

  it("says which credentials this command sees if none is set", () => {
    expect(checkCredentials({}).hint).toBe(
      "Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. The credentials of a Provider or of the stack configuration work in deployments, but this command does not see them.",
    );
  });
});
