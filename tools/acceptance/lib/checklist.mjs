// @ts-check

/**
 * Collects what held and what did not, and prints each as one line.
 *
 * @param {(line: string) => void} [print]
 */
export function createChecklist(print = console.log) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  return {
    /**
     * @param {boolean} holds
     * @param {string} what
     * @param {string} [detail] what came, shown in either case
     */
    check(holds, what, detail) {
      if (holds) passed++;
      else failed++;
      print(`${holds ? 'ok    ' : 'FAILED'} ${what}${detail === undefined ? '' : `: ${detail}`}`);
      return holds;
    },
    /**
     * @param {string} what
     * @param {string} why
     */
    skip(what, why) {
      skipped++;
      print(`skip   ${what}: ${why}`);
    },
    /** Prints the count and returns the exit code. */
    finish() {
      print(`${passed} ok, ${failed} failed, ${skipped} skipped`);
      return failed === 0 ? 0 : 1;
    },
  };
}

/** @typedef {ReturnType<typeof createChecklist>} Checklist */
