"use strict";
const assert = require("node:assert/strict");
const process = require("node:process");

const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** Adopts an organization as the engine does, and reads it as a program does. */
async function use({ zerotrust, startEmulator, provider }) {
  const emulator = await startEmulator();
  try {
    process.env.CLOUDFLARE_BASE_URL = emulator.baseUrl;
    process.env.CLOUDFLARE_API_TOKEN = emulator.credentials[0].apiToken;
    emulator.seed("accounts", ACCOUNT, { session_duration: "24h" });

    const { id } = await provider.organization.create({
      accountId: ACCOUNT,
      sessionDuration: "12h",
    });
    assert.equal(id, `accounts/${ACCOUNT}`);
    assert.equal(emulator.organization("accounts", ACCOUNT).session_duration, "12h");

    const { sessionDuration } = await zerotrust.getOrganization({ accountId: ACCOUNT });
    assert.equal(sessionDuration, "12h");
    assert.equal(typeof zerotrust.Organization, "function");
  } finally {
    await emulator.close();
  }
}

module.exports = { use };
