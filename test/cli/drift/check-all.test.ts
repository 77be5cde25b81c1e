import { choicesOf } from "../../../provider/cli/drift/check-all.js";

describe("choicesOf", () => {
  const choose = async (dir: string[], stack: string[]) =>
    (await choicesOf(undefined as never, { dir, stack, concurrency: 1 })).stacks;

  it("chooses each stack in each project", async () => {
    expect(await choose(["a", "b"], ["dev", "prod"])).toEqual([
      { dir: "a", stack: "dev" },
      { dir: "a", stack: "prod" },
      { dir: "b", stack: "dev" },
      { dir: "b", stack: "prod" },
    ]);
    expect(await choose(["a"], [])).toEqual([{ dir: "a", stack: undefined }]);
  });

  it("chooses a stack once that is named twice, so that it is not remediated twice", async () => {
    expect(await choose(["a", "./a/"], ["prod", "prod"])).toHaveLength(1);
  });
});
