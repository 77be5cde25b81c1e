import ts from "typescript";

/** A member of an interface, as a page shows it. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** What a doc comment says: what a function does, and when it throws. */
export interface FunctionComment {
  readonly does: string;
  readonly throws: string | undefined;
}

/** The doc comments and types of what a source file declares, by name. */
export class Declarations {
  readonly #source: ts.SourceFile;

  constructor(
    private readonly fileName: string,
    text: string,
  ) {
    this.#source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  }

  /** What an interface declares itself; what it inherits is left out. */
  members(name: string): Member[] {
    const found = this.#source.statements.filter(ts.isInterfaceDeclaration).find(isNamed(name));
    if (found === undefined) throw new Error(`${this.fileName} declares no interface ${name}.`);
    return found.members.filter(ts.isPropertySignature).map((member) => ({
      name: member.name.getText(),
      type: member.type === undefined ? "" : typeText(member.type),
      comment: textOf(docOf(member)?.comment),
    }));
  }

  function(name: string): FunctionComment {
    const found = this.#source.statements.filter(ts.isFunctionDeclaration).find(isNamed(name));
    const doc = found && docOf(found);
    if (doc === undefined) throw new Error(`${this.fileName}: ${name} has no doc comment.`);
    const throws = doc.tags?.find(({ tagName }) => tagName.text === "throws");
    return { does: textOf(doc.comment), throws: throws && textOf(throws.comment) };
  }
}

function isNamed(wanted: string) {
  return ({ name }: { readonly name?: ts.Identifier | undefined }) => name?.text === wanted;
}

function docOf(node: ts.Node): ts.JSDoc | undefined {
  return ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
}

function textOf(comment: ts.JSDoc["comment"]): string {
  return (ts.getTextOfJSDocComment(comment) ?? "").replace(/\s+/g, " ").trim();
}

/** A type in few words: what a program gives or gets, without what Pulumi and the compiler wrap around it. */
function typeText(node: ts.TypeNode): string {
  if (ts.isUnionTypeNode(node)) {
    const given = node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    return given.map(typeText).join(" or ");
  }
  if (ts.isArrayTypeNode(node)) return `${typeText(node.elementType)}[]`;
  if (!ts.isTypeReferenceNode(node)) return node.getText();
  const name = node.typeName.getText();
  const [argument] = node.typeArguments ?? [];
  if (name === "Record") return "object";
  return argument === undefined ? name : typeText(argument);
}
