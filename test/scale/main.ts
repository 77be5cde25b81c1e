import { brokenPromises, deployAtScale, isTooSlow, lineOf, type Scale } from "./deployment.js";

/**
 * Cloudflare's own limit, five times as fast: whole seconds in its headers are little against it, and
 * so is the processor time of an engine that refreshes and updates a thousand resources.
 */
const SCALE: Scale = { organizations: 1000, limit: 1200, timeScale: 5 };

async function main(): Promise<void> {
  const { organizations, limit, timeScale } = { ...SCALE, ...overrides(process.argv.slice(2)) };
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const window = 300 / timeScale;
  print(
    `${organizations} organizations, ${limit} calls in ${window} s, and a block of ${window} s for who goes over: Cloudflare's limit, ${timeScale} times as fast.`,
  );
  let calls = 0;
  let refused = 0;
  await deployAtScale({ organizations, limit, timeScale }, (report) => {
    calls += report.calls;
    refused += report.refused;
    print(lineOf(report));
    const slow = isTooSlow(report) ? ["it took more than 1.15 times what the limit allows"] : [];
    for (const broken of [...brokenPromises(report), ...slow]) {
      process.exitCode = 1;
      print(`  NOT AS PROMISED: ${broken}`);
      if (report.exitCode !== 0) print(report.output.slice(-4000));
    }
  });
  print(`${calls} calls made, ${refused} answered 429.`);
}

/** `organizations=200 timeScale=30`, to try out. */
function overrides(args: readonly string[]): Partial<Scale> {
  return Object.fromEntries(
    args.map((argument) => {
      const [name = "", value] = argument.split("=");
      return [name, Number(value)];
    }),
  );
}

void main();
