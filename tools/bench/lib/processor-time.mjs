// @ts-check
import { readFileSync } from 'node:fs';

const ticksPerSecond = 100; // of /proc, whatever the kernel's own

/**
 * Seconds of processor time that all cores have spent working since the machine started; undefined where the system does
 * not say. Time that another guest of the same host took counts as work.
 */
export function busySeconds() {
  try {
    // user nice system idle iowait irq softirq steal
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (/^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '').split(' ').map(Number);
    return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** Processor time of a process so far, its finished children included, in seconds. @param {number} pid */
export function processSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // from field 3, the state
    return [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) / ticksPerSecond;
  } catch {
    return 0;
  }
}

/**
 * Watches how many cores work for others than these processes and this one.
 *
 * @param {readonly number[]} pids
 * @returns {() => number | undefined} cores, on average since the call
 */
export function watchOthers(pids) {
  const own = () => [process.pid, ...pids].reduce((sum, pid) => sum + processSeconds(pid), 0);
  const [start, busy, mine] = [performance.now(), busySeconds(), own()];
  return () => {
    const now = busySeconds();
    if (now === undefined || busy === undefined) return undefined;
    const seconds = (performance.now() - start) / 1000;
    return Math.max(0, (now - busy - (own() - mine)) / seconds);
  };
}
