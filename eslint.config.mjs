import { prepareProjectGraph } from './tools/eslint/project-graph.mjs'; // first: it sets what Nx reads when it loads
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaries, dynamicNodeImport, nodeGlobals, published, publishedForBrowsers } from './tools/eslint/boundaries.mjs';

await prepareProjectGraph();

const notPublished = ['**/*.test.ts', '**/testing/**'];

export default defineConfig(
  { ignores: ['**/dist', '**/node_modules', 'results', '.nx', 'coverage', 'packages/*/wasm'] }, // AssemblyScript is not TypeScript
  ...tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['packages/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Every draw comes from an explicit seed.' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: notPublished,
    rules: { 'no-restricted-imports': ['error', published] },
  },
  {
    // Every package but those of kind io and app; of engine, all but its entry for Node.
    files: ['packages/{metrics,raster,weights,depth,engine,layers,features,flow,student,detectors}/src/**/*.ts'],
    ignores: ['packages/engine/src/node/**', ...notPublished],
    rules: {
      'no-restricted-imports': ['error', publishedForBrowsers],
      'no-restricted-globals': ['error', ...nodeGlobals],
      'no-restricted-syntax': ['error', dynamicNodeImport],
    },
  },
);
