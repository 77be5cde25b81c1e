import js from "@eslint/js";
import importX, { createNodeResolver } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** The rooms of the package and what each may import: one direction, held here. */
const room = (target, mayImport, except = []) => ({
  target: `./provider/${target}`,
  from: "./provider",
  except: [`./${target}`, ...mayImport.map((name) => `./${name}`), ...except],
  message: `provider/${target} may import ${mayImport.join(" and ") || "no other room"}.`,
});

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "node_modules/", "examples/**/*.js"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "import-x": importX },
    settings: {
      // Sources import "./x.js", as Node's resolution asks for; the file beside it is a .ts.
      "import-x/resolver-next": [
        createNodeResolver({
          extensionAlias: { ".js": [".ts", ".js"] },
          extensions: [".ts", ".js"],
        }),
      ],
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipComments: true, skipBlankLines: true }],
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            room("model", []),
            room("cloudflare", []),
            room("resources", ["model"]),
            room("functions", ["model", "cloudflare", "resources"]),
            room("lifecycle", ["model", "cloudflare"]),
            room("cli", ["model", "cloudflare"]),
            {
              target: "./emulator",
              from: "./provider",
              message:
                "The emulator is the other side: a wrong name must not be wrong on both sides.",
            },
          ],
        },
      ],
    },
  },
  {
    // A resource class gets its outputs from the one description of its settings, by an interface
    // of its name. Every output is answered: by the SDK where stated, else by `answerUnstated`.
    files: ["provider/resources/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-declaration-merging": "off" },
  },
  { files: ["**/*.js", "**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.js"],
    languageOptions: { globals: { module: "writable", require: "readonly" } },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
