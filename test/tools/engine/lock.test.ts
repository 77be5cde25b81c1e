import { mkdir, utimes } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../../../tools/engine/install.js";
import { type Fixture, createFixture } from "./fixture.js";

let fixture: Fixture;
beforeEach(async () => void (fixture = await createFixture()));
afterEach(() => fixture.remove());

/** Holds the lock until `release` is called. */
async function hold(): Promise<{ release: () => void; done: Promise<void> }> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let done = Promise.resolve();
  await new Promise<void>((entered) => {
    done = withLock(fixture.options(), () => {
      entered();
      return held;
    });
  });
  return { release, done };
}

describe("withLock", () => {
  it("creates the cache directory", async () => {
    const cacheFolder = path.join(fixture.folder, "not", "yet", "there");
    expect(await withLock(fixture.options({ cacheFolder }), () => Promise.resolve(1))).toBe(1);
  });

  it("releases the lock after failed work", async () => {
    const failing = withLock(fixture.options(), () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await withLock(fixture.options(), () => Promise.resolve(2))).toBe(2);
  });

  it("runs one work at a time and reports that the other waits", async () => {
    const order: string[] = [];
    const first = await hold();
    const second = withLock(fixture.options(), () => Promise.resolve(order.push("second")));
    await new Promise((resolve) => setTimeout(resolve, 600));
    order.push("first ends");
    first.release();
    await Promise.all([first.done, second]);

    expect(order).toEqual(["first ends", "second"]);
    expect(fixture.written()).toBe("Waiting for another process that installs the engine.\n");
  });

  it("stops waiting for the lock on the signal", async () => {
    const first = await hold();
    const interruption = new AbortController();
    const second = withLock(fixture.options({ signal: interruption.signal }), () =>
      Promise.resolve(),
    );
    setTimeout(() => interruption.abort(), 100);
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    first.release();
    await first.done;
  });

  it("takes the lock of a killed process", async () => {
    const lock = path.join(fixture.cacheFolder, "lock");
    await mkdir(lock);
    const aMinuteAgo = Date.now() / 1_000 - 60;
    await utimes(lock, aMinuteAgo, aMinuteAgo);
    expect(await withLock(fixture.options(), () => Promise.resolve(3))).toBe(3);
    expect(fixture.written()).toBe("");
  });
});
