import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of a package.json that packing is about. */
export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One of the packages that are published. */
export interface WorkspacePackage {
  /** Absolute path. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Absolute path of the repository. */
export const root: string = join(__dirname, '..', '..');

/** What lies below packages/. */
export function workspacePackages(): WorkspacePackage[] {
  return readdirSync(join(root, 'packages')).map((entry) => {
    const folder = join(root, 'packages', entry);
    return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest };
  });
}
