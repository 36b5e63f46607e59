import path from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const editorOnlyInGlue = {
  group: ['vscode'],
  message: 'Only src/extension.ts, src/vscode and src/*/vscode/** may import the editor.',
};
/** What the core of each concept may use of the others; glue may use the core of all. The sandbox knows base only. */
const mayImport = {
  base: [],
  api: ['base'],
  connections: ['base', 'api'],
  objects: ['base', 'api', 'connections'],
  records: ['base', 'api', 'connections', 'objects'],
  requests: ['base', 'api', 'connections', 'objects', 'records'],
  responses: ['base', 'api', 'connections', 'objects', 'records', 'requests'],
  errors: ['base', 'api'],
  tools: ['base', 'api', 'connections', 'objects', 'records', 'requests'],
  sandbox: ['base'],
};
const concepts = Object.keys(mayImport).filter(folder => folder !== 'base');
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

/** Holds the core of one concept to what it may import; the two files beside the folders are glue of the whole. */
const coreOf = ([folder, allowed]) => ({
  files: [`src/${folder}/**/*.ts`],
  ignores: [`src/${folder}/vscode/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          editorOnlyInGlue,
          noGlueInCore,
          ...Object.keys(mayImport)
            .filter(other => other !== folder && !allowed.includes(other))
            .map(other => ({
              group: [`**/${other}/*`],
              message: `src/${folder} must not depend on src/${other}.`,
            })),
          { group: ['**/commands', '**/publicApi'], message: `src/${folder} must not know what is made of it.` },
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
  // base <- api <- connections <- objects, records, requests, responses.
  ...Object.entries(mayImport).map(coreOf),
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
