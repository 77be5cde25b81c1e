import js from "@eslint/js";
import tseslint from "typescript-eslint";

const MODULES = ["resources", "functions", "lifecycle", "cli", "schema", "cloudflare"];

/** What a module of the package may import: dependencies have one direction. */
const module = (name, mayImport, mayLoad = []) => {
  const message = `provider/${name} may import ${mayImport.join(" and ") || "no other module"}.`;
  const others = [...MODULES.map((other) => `${other}/`), "registry\\.js", "emulator/"].filter(
    (other) => ![name, ...mayImport].some((allowed) => other.startsWith(allowed)),
  );
  const forbidden = (modules) => `^(?:\\.\\./)+(?:${modules.join("|")})`;
  return restrict(
    `provider/${name}/**/*.ts`,
    forbidden(others),
    mayLoad.length === 0 ? message : `${message} Only import() may load ${mayLoad.join(" and ")}.`,
    forbidden(others.filter((other) => !mayLoad.some((loaded) => other.startsWith(loaded)))),
  );
};

/** The rule for import statements sees no `import()`, so that has a pattern and a rule of its own. */
const restrict = (files, regex, message, dynamicRegex = regex) => ({
  files: [files],
  rules: {
    "no-restricted-imports": ["error", { patterns: [{ regex, message }] }],
    "no-restricted-syntax": [
      "error",
      {
        selector: `ImportExpression[source.value=/${dynamicRegex.replaceAll("/", "\\/")}/]`,
        message,
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "coverage/",
      "reports/",
      ".stryker-tmp/",
      "node_modules/",
      "examples/**/*.js",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: "tsconfig.lint.json" } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipComments: true, skipBlankLines: true }],
    },
  },
  module("schema", []),
  module("cloudflare", []),
  module("resources", ["schema"]),
  module("functions", ["registry", "schema", "cloudflare", "resources"]),
  module("lifecycle", ["registry", "schema", "cloudflare"]),
  module("cli", ["registry", "schema", "cloudflare"], ["emulator"]),
  restrict(
    "emulator/**/*.ts",
    "^(?:\\.\\./)+provider/",
    "The emulator is the other side: a wrong name must not be wrong on both sides.",
  ),
  {
    // A resource class gets its outputs from the definition of its settings, by an interface of its name.
    // Every output exists: the SDK sets the declared ones, `defineUndeclaredOutputs` the others.
    files: ["provider/resources/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-declaration-merging": "off" },
  },
  { files: ["**/*.js", "**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.js"],
    languageOptions: {
      globals: { module: "writable", require: "readonly", __dirname: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
