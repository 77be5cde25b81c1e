import { page } from "./pages.js";

/** The requests that a process sends without waiting, as the tests of the rate limiter show. */
const A_WINDOW = 1188;
const WINDOW_MINUTES = 5;

const text = page("docs/scale.md").text.replace(/ +/g, " ");

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
  const number = accounts.toLocaleString("en");
  const [time, oneHour, eightHours] = [
    minutesFor(accounts),
    usersFor(accounts, 1),
    usersFor(accounts, 8),
  ];
  expect(text).toContain(`| ${number} | ${number} | ${shown(time)} | ${oneHour} | ${eightHours} |`);
});

it("docs/scale.md says how many requests a process sends without waiting", () => {
  expect(text).toContain(`each process sends ${A_WINDOW.toLocaleString("en")} requests`);
});

it("docs/scale.md says how many requests a second a million in an hour are", () => {
  expect(text).toContain(`are ${Math.ceil(1_000_000 / 3600)} a second`);
});
