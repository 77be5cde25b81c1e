import { readFileSync } from "node:fs";
import path from "node:path";

const PAGE = readFileSync(path.resolve(__dirname, "../../docs/scale.md"), "utf8");

/** The client sends this many of the 1,200 requests in each window; it leaves a share to others. */
const A_WINDOW = 1200 * 0.99;
const WINDOW_MINUTES = 5;

/** Returns when the last request is sent: one window's requests at once, the next ones five minutes later. */
const minutesFor = (calls: number) => (Math.ceil(calls / A_WINDOW) - 1) * WINDOW_MINUTES;
const usersFor = (calls: number, hours: number) =>
  Math.ceil(calls / ((A_WINDOW * hours * 60) / WINDOW_MINUTES));

function shown(minutes: number): string {
  if (minutes === 0) return "at once";
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${hours} h` : "", `${minutes % 60} min`].filter(Boolean).join(" ");
}

it.each([100, 10_000, 1_000_000])("docs/scale.md says how long %d accounts take", (accounts) => {
  const cells = [
    accounts.toLocaleString("en"),
    accounts.toLocaleString("en"),
    shown(minutesFor(accounts)),
    usersFor(accounts, 1),
    usersFor(accounts, 8),
  ];
  const rows = PAGE.split("\n").map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  expect(rows).toContainEqual(cells.map(String));
});

it("docs/scale.md says how many requests a second a million in an hour are", () => {
  expect(PAGE).toContain(`are ${Math.ceil(1_000_000 / 3600)} a second`);
});
