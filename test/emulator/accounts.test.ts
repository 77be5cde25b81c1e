import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, OTHER_ACCOUNT, ZONE } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    credentials: [{ apiToken: "all" }, { apiToken: "one", ids: [OTHER_ACCOUNT] }],
  });
  emulator.seed("accounts", ACCOUNT, { name: "Widget Corp" });
  emulator.addAccount(OTHER_ACCOUNT, "Gadget Corp");
  emulator.seed("zones", ZONE);
});
afterEach(() => emulator.close());

const list = (query = "", token = "all") =>
  call(emulator, "GET", `/accounts${query}`, undefined, { authorization: `Bearer ${token}` });

describe("GET /accounts", () => {
  it("lists accounts with and without an organization", async () => {
    const { status, envelope } = await list();
    expect(status).toBe(200);
    expect(envelope).toMatchObject({
      success: true,
      result: [
        { id: ACCOUNT, name: "Widget Corp", type: "standard" },
        { id: OTHER_ACCOUNT, name: "Gadget Corp" },
      ],
      result_info: { page: 1, per_page: 20, count: 2, total_count: 2, total_pages: 1 },
    });
  });

  it("lists only the accounts that the credential is valid for", async () => {
    expect((await list("", "one")).result).toMatchObject([{ id: OTHER_ACCOUNT }]);
  });

  it("returns the requested page", async () => {
    for (let n = 0; n < 10; n += 1)
      emulator.addAccount(String(n).padStart(32, "0"), `Account ${n}`);
    const last = await list("?page=3&per_page=5");
    expect(last.envelope).toMatchObject({
      result: [{ name: "Account 8" }, { name: "Account 9" }],
      result_info: { page: 3, per_page: 5, count: 2, total_count: 12, total_pages: 3 },
    });
    expect((await list("?page=4&per_page=5")).result).toEqual([]);
  });

  it.each(["?page=0", "?per_page=51", "?per_page=4", "?page=x"])(
    "rejects the query %s",
    async (query) => {
      expect((await list(query)).status).toBe(400);
    },
  );
});
