import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundaries, nodeBuiltins } from './tools/eslint/boundaries.mjs';

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', 'results', '.nx', 'coverage'] },
  ...tseslint.configs.recommended,
  { plugins: { '@nx': nx } },
  {
    files: ['packages/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-globals': ['error'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Every draw comes from an explicit seed.' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/{metrics,raster,weights,engine,layers,features,flow,student,detectors,depth}/src/**/*.ts'],
    ignores: ['packages/engine/src/node/**', '**/*.test.ts', '**/testing/**'],
    rules: { 'no-restricted-imports': ['error', nodeBuiltins] },
  },
);
