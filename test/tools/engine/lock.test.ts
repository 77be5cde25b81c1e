import { mkdir, utimes } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../../../tools/engine/lock.js";
import { type Bench, makeBench } from "./bench.js";

let bench: Bench;
beforeEach(async () => void (bench = await makeBench()));
afterEach(() => bench.remove());

/** Takes the lock and keeps it until told. */
async function hold(): Promise<{ release: () => void; done: Promise<void> }> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let done = Promise.resolve();
  await new Promise<void>((entered) => {
    done = withLock(bench.options(), () => {
      entered();
      return held;
    });
  });
  return { release, done };
}

describe("the lock on the cache folder", () => {
  it("makes the cache folder", async () => {
    const cacheFolder = path.join(bench.folder, "not", "yet", "there");
    expect(await withLock(bench.options({ cacheFolder }), () => Promise.resolve(1))).toBe(1);
  });

  it("is free again after the work, also when that failed", async () => {
    const failing = withLock(bench.options(), () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await withLock(bench.options(), () => Promise.resolve(2))).toBe(2);
  });

  it("lets one work at a time, and tells the other that it waits", async () => {
    const order: string[] = [];
    const first = await hold();
    const second = withLock(bench.options(), () => Promise.resolve(order.push("second")));
    await new Promise((resolve) => setTimeout(resolve, 600));
    order.push("first ends");
    first.release();
    await Promise.all([first.done, second]);

    expect(order).toEqual(["first ends", "second"]);
    expect(bench.written()).toBe("Another process is making the engine; waiting for it.\n");
  });

  it("is not waited for once the signal is given", async () => {
    const first = await hold();
    const interruption = new AbortController();
    const second = withLock(bench.options({ signal: interruption.signal }), () =>
      Promise.resolve(),
    );
    setTimeout(() => interruption.abort(), 100);
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    first.release();
    await first.done;
  });

  it("of a killed process is taken over", async () => {
    const lock = path.join(bench.cacheFolder, "lock");
    await mkdir(lock);
    const aMinuteAgo = Date.now() / 1_000 - 60;
    await utimes(lock, aMinuteAgo, aMinuteAgo);
    expect(await withLock(bench.options(), () => Promise.resolve(3))).toBe(3);
    expect(bench.written()).toBe("");
  });
});
