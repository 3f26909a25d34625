import type { Ended } from './run-blemish.js';

/** Holds a call of the command to have failed as it should: its exit code, one line that says why, no result and no stack. */
export function expectFault({ code, stdout, stderr }: Ended, wanted: number, message: string): void {
  const faults = stderr.split('\n').filter((line) => line.startsWith('blemish: '));
  expect({ code, stdout, faults: faults.length }).toEqual({ code: wanted, stdout: '', faults: 1 });
  expect(faults[0]).toContain(message);
  expect(stderr).not.toMatch(/^ {4}at /m);
}
