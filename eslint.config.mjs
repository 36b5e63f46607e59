import path from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const editorOnlyInGlue = {
  group: ['vscode'],
  message: 'Only src/extension.ts, src/vscode and src/*/vscode/** may import the editor.',
};
const concepts = ['api', 'connections', 'objects', 'records', 'requests', 'responses', 'errors', 'sandbox'];
const noGlueInCore = { group: ['**/vscode/*', '**/vscode'], message: 'A core file must not import editor glue.' };
/** Glue of two concepts meets in src/extension.ts and its parts in src/vscode only. */
const glueOf = folder => ({
  files: [`src/${folder}/vscode/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: concepts
          .filter(other => other !== folder)
          .map(other => ({
            group: [`**/${other}/vscode/*`],
            message:
              'Glue of one concept must not import that of another: they meet in src/extension.ts and src/vscode.',
          })),
      },
    ],
  },
});

/** Restricts what the files of one concept may import from the others. */
const mayNotImport = (folder, others) => ({
  files: [`src/${folder}/**/*.ts`],
  ignores: [`src/${folder}/vscode/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          editorOnlyInGlue,
          noGlueInCore,
          ...others.map(other => ({
            group: [`**/${other}/*`],
            message: `src/${folder} must not depend on src/${other}.`,
          })),
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['**/node_modules', 'dist', 'out', 'test-results', 'test/vscode-host', '.vscode-host', '.cache'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: path.dirname(fileURLToPath(import.meta.url)) },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['warn', { max: 20, variant: 'modified' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
  // base <- api <- connections <- objects, records, requests, responses; the sandbox knows base only.
  mayNotImport('base', ['api', 'connections', 'objects', 'records', 'requests', 'responses', 'sandbox']),
  mayNotImport('api', ['connections', 'objects', 'records', 'requests', 'responses', 'sandbox']),
  mayNotImport('connections', ['objects', 'records', 'requests', 'responses', 'sandbox']),
  mayNotImport('objects', ['sandbox']),
  mayNotImport('records', ['sandbox']),
  mayNotImport('requests', ['sandbox']),
  mayNotImport('responses', ['sandbox']),
  mayNotImport('sandbox', ['api', 'connections', 'objects', 'records', 'requests', 'responses']),
  ...concepts.map(glueOf),
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
    },
  },
  // A table may be long.
  { files: ['src/api/errorCodes.ts', 'src/api/endpoints.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/sandbox/main.ts', 'bench/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'performance',
          'fetch',
          'require',
          'module',
          '__dirname',
        ].map(g => [g, 'readonly']),
      ),
    },
  },
);
