import { fault } from '../weights-error.js';

/** Memory that reading one file may still take. */
export interface Budget {
  /** Takes `bytes` away before they are allocated; throws once more was asked for than the file can honestly need. */
  readonly spend: (bytes: number) => void;
}

/**
 * A limit on what a file makes its reader allocate, so that a few lying bytes cannot ask for gigabytes.
 *
 * @param limit bytes in all
 * @param what what they are for, for the error
 */
export function createBudget(limit: number, what: string): Budget {
  let left = limit;
  return {
    spend(bytes) {
      left -= bytes;
      if (!(left >= 0)) throw fault(`${what} would take more than ${limit} bytes of memory, which a file of this size cannot need`);
    },
  };
}
