import { builtinModules } from 'node:module';

/** Which kind of package may import which: pure < tensors < model < app, and pure < io < app. */
const kinds = {
  pure: ['pure'],
  tensors: ['pure', 'tensors'],
  model: ['pure', 'tensors', 'model'],
  io: ['pure', 'io'],
  app: ['pure', 'tensors', 'model', 'io', 'app'],
};

/** Options of `@nx/enforce-module-boundaries`; the test tools stand outside the graph (.nxignore). */
export const boundaries = {
  enforceBuildableLibDependency: false,
  banTransitiveDependencies: true,
  allow: ['@blemish-tools/jest'],
  checkDynamicDependenciesExceptions: ['@blemish/**'], // a test may import() what others import plainly
  depConstraints: Object.entries(kinds).map(([kind, below]) => ({
    sourceTag: `kind:${kind}`,
    onlyDependOnLibsWithTags: below.map((name) => `kind:${name}`),
  })),
};

const testTools = { group: ['@blemish-tools/*', 'fast-check'], message: 'Only tests may import test tools.' };
const browser = 'This package also runs in a browser.';

/** Options of `no-restricted-imports` for what is published. */
export const published = { patterns: [testTools] };

/** The same where code must also run in a browser. */
export const publishedForBrowsers = {
  paths: builtinModules.map((name) => ({ name, message: browser })),
  patterns: [testTools, { group: ['node:*'], message: browser }],
};

/** Options of `no-restricted-globals` there. */
export const nodeGlobals = ['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'].map((name) => ({ name, message: browser }));

/** Options of `no-restricted-syntax` there: `no-restricted-imports` does not look at `import()`. */
export const dynamicNodeImport = { selector: 'ImportExpression[source.value=/^node:/]', message: browser };
