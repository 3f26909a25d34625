// @ts-check
import { spawnSync } from 'node:child_process';

/** A shell that mounts a small disk at $1, runs the rest, and copies what is on the disk to $2 before it is gone. */
const script = `disk=$1; copy=$2; kilobytes=$3; shift 3
mount -t tmpfs -o size="$kilobytes"k tmpfs "$disk" || exit 99
"$@"; code=$?
cp -a "$disk/." "$copy"
exit $code`;

/**
 * A command that runs another with a disk of its own, seen by nobody else.
 *
 * @param {string} disk an empty folder, where it is mounted
 * @param {string} copy an empty folder, for what is left on it
 * @param {number} kilobytes its size
 * @returns {string[]}
 */
export function smallDisk(disk, copy, kilobytes) {
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, 'sh', disk, copy, String(kilobytes)];
}

/** Whether this machine lets us mount one. @param {string} folder an empty folder */
export function canMount(folder) {
  const mount = ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder];
  return spawnSync('unshare', mount).status === 0;
}
