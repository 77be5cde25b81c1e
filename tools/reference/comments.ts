import ts from "typescript";

/** The doc comments of a description's entries, by their path: `settings.loginDesign.members.headerText`. */
export function commentsOf(fileName: string, text: string): ReadonlyMap<string, string> {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const comments = new Map<string, string>();
  const visit = (node: ts.Node, path: readonly string[]): void => {
    const here =
      ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)
        ? [...path, node.name.text]
        : path;
    if (here !== path) {
      const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
      const comment = doc && ts.getTextOfJSDocComment(doc.comment);
      if (comment !== undefined) comments.set(here.join("."), comment.replace(/\s+/g, " ").trim());
    }
    node.forEachChild((child) => visit(child, here));
  };
  visit(source, []);
  return comments;
}
