import { builtinModules } from 'node:module';

/** Which kind of package may import which: pure < tensors < model < app, and pure < io < app. */
const kinds = {
  pure: ['pure'],
  tensors: ['pure', 'tensors'],
  model: ['pure', 'tensors', 'model'],
  io: ['pure', 'io'],
  app: ['pure', 'tensors', 'model', 'io', 'app'],
};

/** Options of `@nx/enforce-module-boundaries`; tests may use the test tools. */
export const boundaries = {
  enforceBuildableLibDependency: false,
  allow: ['@blemish-tools/jest'],
  depConstraints: Object.entries(kinds).map(([kind, below]) => ({
    sourceTag: `kind:${kind}`,
    onlyDependOnLibsWithTags: below.map((name) => `kind:${name}`),
  })),
};

/** Options of `no-restricted-imports` where code must also run in a browser. */
export const nodeBuiltins = {
  paths: builtinModules.map((name) => ({ name, message: 'This package also runs in a browser.' })),
  patterns: [{ group: ['node:*'], message: 'This package also runs in a browser.' }],
};
