import { fileURLToPath } from 'node:url';

// Nx reads these when it loads: no daemon, no plugin processes, its cache out of the working tree.
process.env.NX_DAEMON = 'false';
process.env.NX_ISOLATE_PLUGINS = 'false';
process.env.NX_WORKSPACE_DATA_DIRECTORY ??= fileURLToPath(new URL('../../node_modules/.cache/nx', import.meta.url));

/**
 * Brings the project graph up to date. `@nx/enforce-module-boundaries` reads it from Nx's cache and, where there is
 * none (a clean clone), says so in passing and checks nothing: without this the boundaries would hold by luck.
 */
export async function prepareProjectGraph() {
  const { createProjectGraphAsync } = await import('@nx/devkit');
  const { nodes } = await createProjectGraphAsync({ exitOnError: false });
  const untagged = Object.values(nodes).filter(({ data }) => !data.tags?.some((tag) => tag.startsWith('kind:')));
  if (untagged.length > 0) throw new Error(`no kind: tag in the "nx" block of ${untagged.map(({ data }) => `${data.root}/package.json`)}`);
}
