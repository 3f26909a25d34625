// @ts-check
// Loaded with --import: writes the process's peak resident memory, in bytes, to BLEMISH_PEAK_FILE when it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const path = process.env['BLEMISH_PEAK_FILE'];
if (path !== undefined && isMainThread) {
  process.on('exit', () => writeFileSync(path, String(process.resourceUsage().maxRSS * 1024)));
}
