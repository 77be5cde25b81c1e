import js from "@eslint/js";
import tseslint from "typescript-eslint";

const ROOMS = ["resources", "functions", "lifecycle", "cli", "kinds", "model", "cloudflare"];

/** What a room of the package may import: one direction, held here. */
const room = (name, mayImport, mayLoad = []) => {
  const rooms = ROOMS.filter((other) => other !== name && !mayImport.includes(other));
  const message = `provider/${name} may import ${mayImport.join(" and ") || "no other room"}.`;
  const forbidden = (others) => `^(?:\\.\\./)+(?:${others.join("|")})/`;
  return restrict(
    `provider/${name}/**/*.ts`,
    forbidden([...rooms, "emulator"]),
    mayLoad.length === 0 ? message : `${message} Only import() may load ${mayLoad.join(" and ")}.`,
    forbidden([...rooms, "emulator"].filter((other) => !mayLoad.includes(other))),
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
  { ignores: ["dist/", "coverage/", "node_modules/", "examples/**/*.js"] },
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
  room("model", []),
  room("cloudflare", []),
  room("resources", ["model"]),
  room("kinds", ["model", "cloudflare"]),
  room("functions", ["kinds", "model", "cloudflare", "resources"]),
  room("lifecycle", ["kinds", "model", "cloudflare"]),
  room("cli", ["kinds", "model", "cloudflare"], ["emulator"]),
  restrict(
    "emulator/**/*.ts",
    "^(?:\\.\\./)+provider/",
    "The emulator is the other side: a wrong name must not be wrong on both sides.",
  ),
  {
    // A resource class gets its outputs from the one description of its settings, by an interface
    // of its name. Every output is answered: by the SDK where stated, else by `answerUnstated`.
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
