import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, type WorkspacePackage } from './workspace-packages.js';

/** Runs a program to its end; throws with what it printed when it fails. */
export function runToEnd(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', shell: false });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${stdout}${stderr}`, { cause: error });
  return stdout;
}

/**
 * Packs every package with `npm pack` and unpacks the archives into `store`, one folder a package, each with links to
 * the dependencies that its package.json declares and to nothing else: an import that is not declared is not found.
 * Third-party packages are links into this checkout, so nothing is downloaded.
 *
 * @returns the folder of each unpacked package by name
 */
export function installPacked(packages: readonly WorkspacePackage[], store: string): Map<string, string> {
  const archives = join(store, 'archives');
  mkdirSync(archives, { recursive: true });
  const workspaces = packages.flatMap(({ folder }) => ['-w', folder]);
  runToEnd('npm', ['pack', '--ignore-scripts', '--pack-destination', archives, ...workspaces], root);
  const placed = new Map<string, string>();
  for (const { manifest } of packages) {
    const stem = `${manifest.name.replace('@', '').replace('/', '-')}-`;
    const archive = readdirSync(archives).find((file) => file.startsWith(stem) && /^\d/.test(file.slice(stem.length)));
    if (!archive) throw new Error(`npm pack made no archive of ${manifest.name}`);
    const modules = join(store, stem, 'node_modules');
    const target = join(modules, manifest.name);
    mkdirSync(dirname(target), { recursive: true });
    runToEnd('tar', ['-xzf', join(archives, archive), '-C', modules], root); // unpacks to package/
    renameSync(join(modules, 'package'), target);
    placed.set(manifest.name, target);
  }
  for (const { folder, manifest } of packages) {
    const modules = join(placed.get(manifest.name) as string, ...manifest.name.split('/').map(() => '..'));
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      const nested = join(folder, 'node_modules', name);
      const source = placed.get(name) ?? (existsSync(nested) ? nested : join(root, 'node_modules', name));
      if (existsSync(source)) link(source, join(modules, name)); // an optional peer may be absent
    }
  }
  return placed;
}

/** Makes a folder link and the folders above it. */
export function link(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target, 'junction');
}
