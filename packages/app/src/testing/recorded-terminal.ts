import { createTerminal, type Terminal } from '../terminal.js';

/** A terminal that keeps what is written to it. */
export interface RecordedTerminal extends Terminal {
  /** Lines of results. */
  readonly results: () => string[];
  /** Lines of remarks and progress. */
  readonly remarks: () => string[];
}

/** A pipe that is read by the test. */
export function recordedTerminal(quiet = false): RecordedTerminal {
  let [out, error] = ['', ''];
  const lines = (text: string): string[] => text.split('\n').slice(0, -1);
  const terminal = createTerminal({
    quiet,
    isTerminal: false,
    writeOut: (text) => void (out += text),
    writeError: (text) => void (error += text),
  });
  return { ...terminal, results: () => lines(out), remarks: () => lines(error) };
}
