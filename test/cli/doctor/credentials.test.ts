import { checkCredentials } from "../../../provider/cli/doctor/credentials.js";

const TOKEN = "x".repeat(40);

describe("checkCredentials", () => {
  it("names the variable of an API token", () => {
    expect(checkCredentials({ CLOUDFLARE_API_TOKEN: TOKEN })).toEqual({
      check: "Credentials",
      status: "ok",
      message: "API token from CLOUDFLARE_API_TOKEN",
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ["no variable is set", {}, "No credentials are set in the environment."],
    [
      "CLOUDFLARE_API_TOKEN is empty",
      { CLOUDFLARE_API_TOKEN: "" },
      "CLOUDFLARE_API_TOKEN is set but empty.",
    ],
    [
      "two variables are empty",
      { CLOUDFLARE_API_KEY: "", CLOUDFLARE_EMAIL: "" },
      "CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL are set but empty.",
    ],
  ])("reports an error if %s", (_what, env, message) => {
    expect(checkCredentials(env)).toEqual({
      check: "Credentials",
      status: "error",
      message,
      hint: "Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. The credentials of a Provider or of the stack configuration work in deployments, but this command does not see them.",
    });
  });

  it("names the variable of an invalid base URL", () => {
    const env = { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_BASE_URL: "api.example.com" };
    expect(checkCredentials(env)).toMatchObject({
      status: "error",
      message: expect.stringMatching(/^The base URL in CLOUDFLARE_BASE_URL /) as unknown,
    });
  });
});
