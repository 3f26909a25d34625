import { createHelper } from '../create-helper.js';
import type { Helper, HelperParts, Helpers } from '../helpers.js';

/**
 * Two helpers on the calling thread's own engine; what they are told and answer is cloned, as threads do.
 *
 * @param create makes a helper; default: of the registered system that the parts name
 */
export function helpersHere(onJob: (job: object) => void, create: (parts: HelperParts) => Helper = createHelper): Helpers {
  return {
    worthPixels: 0,
    open(parts) {
      const helper = create(structuredClone(parts));
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
