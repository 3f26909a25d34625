// @ts-check
// Loaded with --import: kills its own process, as kill -9 does, in the middle of writing a file. Half of the bytes are on
// the disk by then. BLEMISH_KILL_WRITE is a pattern for the file's path, BLEMISH_KILL_COUNT says which such write it is.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const pattern = process.env['BLEMISH_KILL_WRITE'];
if (pattern !== undefined && isMainThread) {
  const matches = new RegExp(pattern);
  let left = Number(process.env['BLEMISH_KILL_COUNT'] ?? 1);
  const { open } = fs;
  fs.open = async (path, ...rest) => {
    const file = await open(path, ...rest);
    if (typeof path === 'string' && rest[0] !== 'r' && matches.test(path) && --left === 0) {
      file.writeFile = async (data) => {
        const bytes = Buffer.from(/** @type {Uint8Array} */ (data));
        await file.write(bytes, 0, bytes.length >> 1);
        process.kill(process.pid, 'SIGKILL');
      };
    }
    return file;
  };
  syncBuiltinESMExports();
}
