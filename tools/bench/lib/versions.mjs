// @ts-check

/**
 * Adds what the sides said of their versions; a name that two sides give differently keeps both.
 *
 * @param {Record<string, string>} versions
 * @param {readonly unknown[]} reports
 */
export function mergeVersions(versions, ...reports) {
  for (const report of reports) {
    if (typeof report !== 'object' || report === null) continue;
    for (const [name, version] of Object.entries(report)) {
      const known = versions[name];
      if (known === undefined) versions[name] = String(version);
      else if (!known.split(' / ').includes(String(version))) versions[name] = `${known} / ${version}`;
    }
  }
}

/**
 * Machine and versions, in two lines.
 *
 * @param {import('./machine.mjs').Machine} machine
 * @param {Readonly<Record<string, string>>} versions
 * @param {number} threads
 */
export function machineLines({ processor, vectors, cores, gigabytes, system, load }, versions, threads) {
  return [
    `${processor} (${vectors}), ${cores} cores, ${gigabytes} GiB, ${system}; load average ${load.toFixed(2)} at the start; ${threads} threads a side`,
    Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', '),
  ].join('\n');
}
