import type { Goal } from "./goals.js";

export type Unit = "ms" | "kB" | "bytes" | "count" | "share";

/** One figure of a table. */
export interface Figure {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  /** To the no-op resource's, unless its table says otherwise. */
  readonly ratio?: number | undefined;
  /** The median of what was measured. */
  readonly absolute?: number | undefined;
  readonly unit: Unit;
  readonly goal?: Goal | undefined;
  /** What the goal is held against; the ratio where left out. */
  readonly judged?: number | undefined;
}

export function isMissed({ goal, judged, ratio }: Figure): boolean {
  const figure = judged ?? ratio;
  return goal !== undefined && figure !== undefined && figure > goal.reach;
}

/** An absolute figure as a person reads it: `2.49 s`, `45 ms`, `85 MB`. */
export function formatted(figure: number, unit: Unit): string {
  switch (unit) {
    case "ms":
      return figure >= 1000 ? `${(figure / 1000).toFixed(2)} s` : `${figure.toFixed(0)} ms`;
    case "kB":
      return `${(figure / 1024).toFixed(0)} MB`;
    case "bytes":
      return `${(figure / 1000).toFixed(0)} kB`;
    case "count":
      return figure.toFixed(Number.isInteger(figure) ? 0 : 2);
    case "share":
      return `${(figure * 100).toFixed(0)} %`;
  }
}
