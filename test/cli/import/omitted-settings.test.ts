import { readFile } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

describe("import of live values that a program cannot declare", () => {
  const fixture = useImportFixture();

  const program = () => readFile(path.join(fixture.folder, "zero-trust.ts"), "utf8");

  /** The settings that the report of the only resource lists as omitted. */
  async function omittedBy(live: Record<string, unknown>): Promise<unknown> {
    fixture.emulator.seed("accounts", ACCOUNT, live);
    const { stdout } = await fixture.run("--account-id", ACCOUNT, "--json");
    const { resources } = JSON.parse(stdout) as { resources: { omitted: unknown }[] };
    return resources[0]?.omitted;
  }

  it("omits only the invalid member of an object, and reports it", async () => {
    const live = { session_duration: "24h", required_aaguids: "not a uuid" };
    expect(await omittedBy({ mfa_config: live })).toEqual([
      {
        property: "mfaConfig.requiredAaguids",
        reason: 'must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"',
      },
    ]);
    expect(await program()).toContain('  mfaConfig: {\n    sessionDuration: "24h",\n  },\n');
  });

  it("writes a duration in the units that the setting accepts", async () => {
    const mfa_config = { session_duration: "24h0m0s", amr_matching_session_duration: "90m" };
    expect(await omittedBy({ mfa_config, session_duration: "36h0m0s" })).toEqual([]);
    expect(await program()).toContain(
      '  mfaConfig: {\n    amrMatchingSessionDuration: "90m",\n    sessionDuration: "24h",\n  },\n  sessionDuration: "36h",\n',
    );
  });

  it("escapes bidirectional, zero-width and control characters in the program", async () => {
    const header_text = "a\u202Eb\u2066c\u200Bd\u009Be\u007F";
    expect(await omittedBy({ login_design: { header_text } })).toEqual([]);
    expect(await program()).toContain(
      String.raw`headerText: "a\u202eb\u2066c\u200bd\u009be\u007f"`,
    );
  });
});
