import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CloudflareError, getOrganization } from "../../provider/index.js";
import { ACCOUNT } from "../ids.js";

describe("CloudflareError", () => {
  let emulator: Emulator;
  const { env } = process;
  beforeAll(async () => {
    emulator = await startEmulator();
    process.env = {
      ...env,
      CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
      CLOUDFLARE_BASE_URL: emulator.baseUrl,
    };
  });
  afterAll(async () => {
    process.env = env;
    await emulator.close();
  });

  it("is exported to programs, which catch it from a function", async () => {
    emulator.seed("accounts", ACCOUNT);
    emulator.credentials.forEach((credential) => (credential.access = "none"));
    const error: unknown = await getOrganization({ accountId: ACCOUNT }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CloudflareError);
    expect(CloudflareError.is(error) && [error.status, error.codes]).toEqual([403, [10000]]);
  });
});

describe("The package", () => {
  it("loads neither the HTTP client nor the validation in a program that calls no function", async () => {
    const loaded: string[] = [];
    await jest.isolateModulesAsync(async () => {
      for (const name of ["axios", "axios-retry", "zod"])
        jest.doMock(name, () => {
          loaded.push(name);
          return jest.requireActual<object>(name);
        });
      const { CloudflareError: exported } = await import("../../provider/index.js");
      expect(exported.name).toBe("CloudflareError");
    });
    expect(loaded).toEqual([]);
  });
});
