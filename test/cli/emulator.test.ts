import path from "node:path";
import execa from "execa";

const COMMAND = path.resolve(__dirname, "../../provider/cli/main.ts");

/** Runs the package's command in its own process, from the sources. */
function command(...args: string[]) {
  return execa(process.execPath, ["--import", "tsx", COMMAND, ...args], { reject: false });
}

describe("the emulator command", () => {
  it("runs until Ctrl-C, and prints how to reach it and each request", async () => {
    const running = command("emulator", "--port", "0");
    let printed = "";
    await new Promise<void>((resolve) => {
      running.stdout?.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes("Press Ctrl-C to stop.")) resolve();
      });
    });
    const [baseUrl] = /(?<=export CLOUDFLARE_BASE_URL=).*/.exec(printed) ?? [""];
    const [token] = /(?<=export CLOUDFLARE_API_TOKEN=).*/.exec(printed) ?? [""];
    const [scope] = /accounts\/[0-9a-f]{32}$/m.exec(printed) ?? [""];
    const response = await fetch(`${baseUrl}/${scope}/access/organizations`, {
      headers: { authorization: `Bearer ${token}` },
    });
    running.kill("SIGINT");

    const { exitCode, stderr } = await running;
    expect(await response.json()).toMatchObject({
      success: true,
      result: { name: expect.any(String) as string },
    });
    expect(printed).toMatch(new RegExp(`^GET /${scope}/access/organizations 200 `, "m"));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it("prints its options", async () => {
    const { exitCode, stdout } = await command("emulator", "--help");
    expect(stdout).toContain("--personality <name>");
    expect(exitCode).toBe(0);
  });

  it.each([
    ["--port eighty", '--port must be a whole number up to 65535; it is "eighty".'],
    [
      "--port 0 --account xyz",
      '--account must be an id of 32 lower-case hexadecimal digits; it is "xyz".',
    ],
  ])("rejects %s with exit code 2", async (line, message) => {
    const { exitCode, stderr } = await command("emulator", ...line.split(" "));
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: message });
  });
});
