export const MANAGERS = ["npm", "pnpm", "yarn"] as const;
export type Manager = (typeof MANAGERS)[number];

/** Major versions that a consumer's compiler may have. */
export const COMPILERS = ["5", "6", "7"] as const;
export type Compiler = (typeof COMPILERS)[number];

/** Major versions of Node. */
export const NODES = ["20", "22", "24"] as const;
export type NodeMajor = (typeof NODES)[number];

/** The ends of the range of SDKs that the package takes. */
export const SDKS = ["oldest", "newest"] as const;
export type Sdk = (typeof SDKS)[number];

/** One installation; it is then used on every version of Node. */
export interface Row {
  readonly manager: Manager;
  readonly sdk: Sdk;
  readonly compiler: Compiler;
}

/** What of the matrix is asked for; what is left out is all of it. */
export interface Choice {
  readonly managers?: readonly Manager[] | undefined;
  readonly sdks?: readonly Sdk[] | undefined;
  readonly compilers?: readonly Compiler[] | undefined;
}

export function rowsOf({ managers = MANAGERS, sdks = SDKS, compilers = COMPILERS }: Choice): Row[] {
  return managers.flatMap((manager) =>
    sdks.flatMap((sdk) => compilers.map((compiler) => ({ manager, sdk, compiler }))),
  );
}

/**
 * Which installations are deployed with the engine on which Node. What a compiler wrote does not
 * change from Node to Node, so one compiler meets them all, and the others one.
 */
export function meetsEngine({ compiler }: Row, node: NodeMajor): boolean {
  return compiler === "6" || node === "22";
}
