import { roundAt } from "../../../tools/bench/plan.js";

const turns = (rounds: number) => Array.from({ length: 9 }, (_, turn) => roundAt(turn, 9, rounds));

it.each([
  [9, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  [5, [0, undefined, 1, undefined, 2, undefined, 3, undefined, 4]],
  [3, [0, undefined, undefined, 1, undefined, undefined, 2, undefined, undefined]],
  [1, [0, ...Array.from({ length: 8 }, () => undefined)]],
])("%i rounds are spread over nine turns, each once and in their order", (rounds, expected) => {
  expect(turns(rounds)).toEqual(expected);
});
