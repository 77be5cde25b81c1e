import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** A property of an interface, as a page shows it. */
export interface Property {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** The doc comments of a source file, which editors show, too. */
export class SourceFile {
  readonly #source: ts.SourceFile;

  /** @param file The path in the repository. */
  constructor(private readonly file: string) {
    const text = readFileSync(path.resolve(__dirname, "../..", file), "utf8");
    this.#source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  }

  /** Returns what an interface declares itself, without what it inherits. */
  interfaceProperties(name: string): Property[] {
    const found = this.#source.statements.filter(ts.isInterfaceDeclaration).find(isNamed(name));
    if (found === undefined) throw new Error(`${this.file} declares no interface ${name}.`);
    return found.members.filter(ts.isPropertySignature).map((member) => ({
      name: member.name.getText(),
      type: member.type === undefined ? "" : typeText(member.type),
      comment: textOf(docOf(member)?.comment),
    }));
  }

  /** Returns the description of a function, and of its error if it has a `@throws` tag. */
  functionComment(name: string): { readonly text: string; readonly throws: string | undefined } {
    const found = this.#source.statements.filter(ts.isFunctionDeclaration).find(isNamed(name));
    const doc = found && docOf(found);
    if (doc === undefined) throw new Error(`${this.file}: ${name} has no doc comment.`);
    const throws = doc.tags?.find(({ tagName }) => tagName.text === "throws");
    return { text: textOf(doc.comment), throws: throws && textOf(throws.comment) };
  }

  /** Returns the comment of an entry of a nested object, such as `settings.loginDesign.members.headerText`. */
  entryComment(wanted: string): string {
    let found: string | undefined;
    const visit = (node: ts.Node, parents: readonly string[]): void => {
      const isEntry = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name);
      const here = isEntry ? [...parents, node.name.getText()] : parents;
      if (isEntry && here.join(".") === wanted) found = textOf(docOf(node)?.comment);
      node.forEachChild((child) => visit(child, here));
    };
    visit(this.#source, []);
    if (!found) throw new Error(`${this.file}: ${wanted} has no doc comment.`);
    return found;
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

/** Formats a type without `undefined`, `pulumi.Input` and similar wrappers. */
function typeText(node: ts.TypeNode): string {
  if (ts.isUnionTypeNode(node)) {
    const types = node.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    return types.map(typeText).join(" or ");
  }
  if (ts.isArrayTypeNode(node)) return `${typeText(node.elementType)}[]`;
  if (!ts.isTypeReferenceNode(node)) return node.getText();
  const name = node.typeName.getText();
  const [argument] = node.typeArguments ?? [];
  if (name === "Record") return "object";
  return argument === undefined ? name : typeText(argument);
}
