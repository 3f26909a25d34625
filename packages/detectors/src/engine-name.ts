import { engineReport } from '@blemish/engine';

/** The running engine in words, as exact as bits depend on it: backend, versions, threads. */
export function engineName(): string {
  const { backend, version, threads } = engineReport();
  return `${backend}, ${version}, ${threads} thread${threads === 1 ? '' : 's'}`;
}
