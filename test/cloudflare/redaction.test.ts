import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CloudflareClient } from "../../provider/cloudflare/client.js";
import { redactor, withoutValues } from "../../provider/cloudflare/redaction.js";
import { ACCOUNT } from "../ids.js";
import { fc } from "../property.js";
import { connectionTo } from "./connection-to.js";
import { messageOf, rejection } from "./errors.js";
import { GET, PUT } from "./requests.js";

const TOKEN = "hT4-x_Zq0.9aLw+7/Pm~2Kd8Rv5";
const redact = redactor({ apiToken: TOKEN });
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("The redactor", () => {
  it.each([
    ["in plain text", TOKEN],
    ["in a URL", encodeURIComponent(TOKEN)],
    ["in base64url", Buffer.from(`a${TOKEN}`).toString("base64url")],
    ["in hexadecimal", Buffer.from(TOKEN).toString("hex")],
    ["in upper-case hexadecimal", Buffer.from(TOKEN).toString("hex").toUpperCase()],
  ])("replaces a credential %s", (_, text) => {
    expect(redact(`before ${text} after, ${text}`)).toMatch(
      /^before \S*\[redacted\]\S* after, \S*\[redacted\]\S*$/,
    );
  });

  it("replaces a credential at any position in base64", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const carried = redact(base64(before + TOKEN + after));
        const [head = "", tail = ""] = carried.split("[redacted]");
        expect(carried).toContain("[redacted]");
        // No whole character of the token remains at either side.
        const left =
          Buffer.from(head, "base64").toString() + Buffer.from(tail, "base64").toString();
        expect(left).not.toContain(TOKEN.slice(0, 4));
        expect(left).not.toContain(TOKEN.slice(-4));
      }),
    );
  });

  it("replaces an API key, and keeps its email", () => {
    const redactKey = redactor({ apiKey: TOKEN, email: "one@example.com" });
    expect(redactKey(`X-Auth-Key: ${TOKEN}, X-Auth-Email: one@example.com`)).toBe(
      "X-Auth-Key: [redacted], X-Auth-Email: one@example.com",
    );
  });

  it("keeps all other text, also if the credential is very short", () => {
    const text = "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353 was rejected with 403";
    for (const apiToken of [TOKEN, "k", "ke", "key", "keys"])
      expect(redactor({ apiToken })(text)).toBe(text);
  });
});

describe("withoutValues", () => {
  it("removes a value in any letter case, and without a meaning of its characters in a pattern", () => {
    const values = ["Jane.Doe+1@Example.com", "a\\b(c)[d]{e}|f^g$h*i?"];
    const text = `user jane.doe+1@example.com or ${values[1] ?? ""} but not janeXdoe+1@example.com`;
    expect(withoutValues(text, values)).toBe(
      "user [redacted] or [redacted] but not janeXdoe+1@example.com",
    );
  });

  it("keeps all text without values, and with short ones", () => {
    expect(withoutValues("a text", [])).toBe("a text");
    expect(withoutValues("a text", ["tex"])).toBe("a text");
  });
});

describe("A credential in a response is not repeated", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
  });
  afterEach(() => emulator.close());
  const client = (onRequest?: (line: string) => void) =>
    new CloudflareClient(connectionTo(emulator), onRequest === undefined ? {} : { onRequest });

  it("if a page or an error contains it", async () => {
    const chain = [{ message: EMULATOR_TOKEN }];
    emulator.fault({ status: 502, body: `<p>${EMULATOR_TOKEN}</p>` });
    emulator.fault(rejection(400, { code: 1, message: EMULATOR_TOKEN, error_chain: chain }));
    for (const message of [
      await messageOf(client().send(GET)),
      await messageOf(client().send(GET)),
    ]) {
      expect(message).toContain("[redacted]");
      expect(message).not.toContain(EMULATOR_TOKEN);
    }
  });

  it("if the error message is cut in the middle of it", async () => {
    for (let before = 30; before < 90; before += 7) {
      emulator.fault({ status: 502, body: "x".repeat(before) + EMULATOR_TOKEN });
      expect(await messageOf(client().send(GET))).not.toContain(EMULATOR_TOKEN.slice(0, 6));
      const message = "x".repeat(before + 910) + EMULATOR_TOKEN;
      emulator.fault(rejection(400, { code: 1, message }));
      expect(await messageOf(client().send(GET))).not.toContain(EMULATOR_TOKEN.slice(0, 6));
    }
  });

  it("in the messages of a success", async () => {
    const sent = [{ code: 1234, message: `Called with ${EMULATOR_TOKEN}.` }];
    emulator.fault({ body: { success: true, result: {}, messages: sent } });
    const { messages } = await client().send(PUT);
    expect(messages).toEqual([{ code: 1234, text: "Called with [redacted].", chain: [] }]);
  });

  it("in an error or in the debug log if it is in a header", async () => {
    const lines: string[] = [];
    for (const header of ["cf-ray", "content-type", "retry-after"]) {
      emulator.fault({ status: 403, body: "<p>", headers: { [header]: EMULATOR_TOKEN } });
      lines.push(await messageOf(client((line) => lines.push(line)).send(GET)));
    }
    expect(lines).toHaveLength(6);
    expect(lines.join("\n")).not.toContain(EMULATOR_TOKEN);
  });
});
