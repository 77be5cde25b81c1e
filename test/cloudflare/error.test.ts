import { startEmulator } from "../../emulator/index.js";
import { CloudflareError } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { errorOf } from "./refusal-of.js";

describe("an error", () => {
  it("tells status, codes and ray id apart", async () => {
    const emulator = await startEmulator();
    const path = `/accounts/${ACCOUNT}/access/organizations`;
    const error = await errorOf(emulator, { method: "GET", path });
    await emulator.close();
    expect(error).toMatchObject({
      name: "CloudflareError",
      status: 403,
      codes: [9999],
      rayId: expect.stringMatching(/^[0-9a-f]{16}-[A-Z]{3}$/) as string,
    });
  });

  it("is known across copies of the package, where instanceof fails", () => {
    const foreign = Object.assign(new Error("of another copy"), { isCloudflareError: true });
    expect(CloudflareError.is(foreign)).toBe(true);
    for (const other of [new Error("other"), undefined, null, "text", {}])
      expect(CloudflareError.is(other)).toBe(false);
  });
});
