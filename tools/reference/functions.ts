import type { Declarations } from "./declarations.js";
import { table } from "./table.js";

/** A function that a program calls, and where it is declared. */
export interface DocumentedFunction {
  readonly name: string;
  /** The interfaces that its arguments are declared in. */
  readonly args: readonly (readonly [file: string, name: string])[];
  /** The interface of its answer, where it has one. */
  readonly answer?: string;
  /** What is given, or answered, besides: another page lists it. */
  readonly besides: string;
}

/** A section for each function: what it does, what it takes, what it answers. */
export function functionSections(
  functions: readonly DocumentedFunction[],
  declarationsIn: (file: string) => Declarations,
): string {
  return functions
    .map(({ name, args, answer, besides }) => {
      const file = fileOf(name);
      const { does, throws } = declarationsIn(file).function(name);
      const takes = args.flatMap(([where, type]) => declarationsIn(where).members(type));
      const answers = answer === undefined ? [] : declarationsIn(file).members(answer);
      const rows = (members: typeof takes) =>
        members.map((member) => [`\`${member.name}\``, member.type, member.comment]);
      return [
        `## ${name}`,
        does,
        ...(throws === undefined ? [] : [`Throws: ${throws}`]),
        table(["argument", "type", "what it is"], rows(takes)),
        ...(answers.length === 0 ? [] : [table(["answer", "type", "what it is"], rows(answers))]),
        besides,
      ].join("\n\n");
    })
    .join("\n\n");
}

/** `getOrganization` is declared in `get-organization.ts`. */
function fileOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
