import { createHelper } from '../create-helper.js';
import type { Helpers } from '../helpers.js';

/** Two helpers on the calling thread's own engine; what they are told and answer is cloned, as threads do. */
export function helpersHere(onJob: (job: object) => void): Helpers {
  return {
    worthPixels: 0,
    open(parts) {
      const helper = createHelper(structuredClone(parts));
      return {
        size: 2,
        async run(job) {
          onJob(job);
          return structuredClone(await helper.run(structuredClone(job)));
        },
        close: () => Promise.resolve(helper.dispose()),
      };
    },
  };
}
