import { startEmulator, type Emulator } from "../../../emulator/index.js";
import { checkAccess } from "../../../provider/cli/doctor/access.js";
import { CloudflareClient } from "../../../provider/cloudflare/client.js";
import { dohSettingsType, organizationType } from "../../../provider/registry.js";
import { connectionTo } from "../../cloudflare/connection-to.js";
import { ACCOUNT } from "../../ids.js";

const SCOPE = { kind: "accounts", id: ACCOUNT } as const;

describe("checkAccess", () => {
  let emulator: Emulator;
  let client: CloudflareClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    client = new CloudflareClient(connectionTo(emulator));
    emulator.seed("accounts", ACCOUNT, {
      auth_domain: "widget.cloudflareaccess.com",
      name: "Widget\u001B[2J \u202ECorp",
      created_at: "2024-01-01T05:20:00Z",
    });
  });
  afterEach(() => emulator.close());

  it("identifies the live object, and escapes characters that a terminal acts on", async () => {
    expect(await checkAccess(client, organizationType, SCOPE)).toEqual({
      check: "Organization",
      status: "ok",
      message: String.raw`can be read for account ${ACCOUNT}: authDomain widget.cloudflareaccess.com, name Widget\u001b[2J \u202eCorp, createdAt 2024-01-01T05:20:00Z`,
    });
  });

  it("reports DoH settings that are not configured as readable", async () => {
    expect(await checkAccess(client, dohSettingsType, SCOPE)).toEqual({
      check: "DohSettings",
      status: "ok",
      message: "can be read, and is not configured",
    });
  });
});
