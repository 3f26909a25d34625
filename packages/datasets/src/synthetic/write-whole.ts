import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file with the folders it needs. A crash leaves no half file under the final name; the temporary one is hidden from every list. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${process.pid}.part`);
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}
