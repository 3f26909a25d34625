import { join } from 'node:path';
import type { FoundFile } from './find-images.js';
import { findKind, type FileKind } from './find-kind.js';
import { realFolder } from './real-folder.js';
import { scanFolders, scanLayout } from './scan-folders.js';

/**
 * Images or depth maps that `listImages` leaves out of a folder: those outside `rgb`, `xyz` and `gt`, where it holds such
 * folders side by side; none where it holds no scans. They look like parts, and only a person knows whether they are.
 *
 * @param leaveOut real paths of folders that are not entered
 * @throws one line when there is no such folder, or it may not be read
 */
export async function besideScans(folder: string, kind: FileKind, leaveOut: readonly string[] = []): Promise<FoundFile[]> {
  const scans = await scanFolders(folder);
  if (scans.length === 0) return [];
  const ofScans = scans.flatMap((scan) => Object.values(scanLayout).map((inner) => realFolder(join(folder, ...scan.split('/'), inner))));
  return findKind(kind, folder, { leaveOut: [...leaveOut, ...(await Promise.all(ofScans))] });
}
