// Lint rules: typescript-eslint's type-aware sets over src and test, and Node's globals for the plain scripts.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const outsideSay = 'only src/ui/face/say.ts does this: it makes text from outside safe';
// What says something to a person, by whatever way it is reached: `window.x`, `const { x } = window`, `window['x']`.
const speaking =
  '/^(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|withProgress|showInputBox|createInputBox|showQuickPick|createQuickPick|showOpenDialog|showSaveDialog|MarkdownString)$/';

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'out/', 'test/.artifacts/', 'test/fixtures/', 'media/', '**/*.mjs'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/ui/face/say.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `MemberExpression[property.name=${speaking}]`, message: outsideSay },
        { selector: `MemberExpression[property.value=${speaking}]`, message: outsideSay },
        { selector: `Property[key.name=${speaking}]`, message: outsideSay },
        { selector: `ImportSpecifier[imported.name=${speaking}]`, message: outsideSay },
        {
          selector:
            'AssignmentExpression[left.property.name=/^(?:prompt|validationMessage|placeholder|tooltip|message|description)$/]:not([right.callee.name="plain"])',
          message: outsideSay,
        },
        {
          selector: 'CallExpression[callee.name="words"]:not([arguments.0.type="Literal"])',
          message: 'words() takes a literal first: text from outside is a value, or a sentence()',
        },
      ],
    },
  },
  {
    // mocha's own describe and it return promises nobody awaits
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'mocha', name: ['describe', 'it'] }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
