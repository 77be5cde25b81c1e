/** The source of a resource with literal arguments, named by its own name. `options` is source. */
export function resource(type: string, name: string, args: object, options = "{}"): string {
  return `const ${name} = new zerotrust.${type}(${JSON.stringify(name)}, ${JSON.stringify(args)}, ${options});`;
}
