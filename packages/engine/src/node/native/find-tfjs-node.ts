import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nativeEngineFolder, tfjsVersion } from './engine-folder.js';

/** The packages of TensorFlow's C library for TensorFlow.js. */
export type TfjsNodeName = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

/** A usable copy of tfjs-node: its package folder and the addon built for it. */
export interface TfjsNode {
  readonly name: TfjsNodeName;
  /** The package's folder. */
  readonly root: string;
  /** The native addon's file. */
  readonly addon: string;
  /** A second addon that opens TensorFlow's library without its greeting, where one was built. */
  readonly quiet?: string;
}

const require = createRequire(import.meta.url);

/**
 * Looks for tfjs-node with its addon: first among the packages installed beside this one (never in the working folder, which may be anybody's), then
 * (for the CPU package) where `npm run engine:native` puts it. Undefined where neither is complete
 * and of the workspace's version.
 */
export function findTfjsNode(name: TfjsNodeName): TfjsNode | undefined {
  const installed = installedRoot(name);
  const fromPackage = installed === undefined ? undefined : withAddon(name, installed);
  if (fromPackage !== undefined || name !== '@tensorflow/tfjs-node') return fromPackage;
  const folder = nativeEngineFolder();
  // The manifest is written last: without it the folder is half made.
  if (!existsSync(join(folder, 'manifest.json'))) return undefined;
  const provisioned = withAddon(name, join(folder, 'tfjs-node'));
  const quiet = join(folder, 'quiet.node');
  return provisioned !== undefined && existsSync(quiet) ? { ...provisioned, quiet } : provisioned;
}

function installedRoot(name: TfjsNodeName): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined; // not installed
  }
}

function withAddon(name: TfjsNodeName, root: string): TfjsNode | undefined {
  // Its kernels are loaded with our core: the two have to be of one version.
  if (versionOf(root) !== tfjsVersion) return undefined;
  const lib = join(root, 'lib');
  if (!existsSync(lib)) return undefined;
  const [folder] = readdirSync(lib).filter((entry) => /^napi-v\d+$/.test(entry)).sort().reverse();
  const addon = join(lib, folder ?? '', 'tfjs_binding.node');
  return folder !== undefined && existsSync(addon) ? { name, root, addon } : undefined;
}

function versionOf(root: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
