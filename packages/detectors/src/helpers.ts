/**
 * Helpers with an engine of their own, such as worker threads, for backends that run an operation on one core. A detector
 * that is given some shares with them what concerns one image alone; results have the same bits and order as without.
 */
export interface Helpers {
  /** Seconds that they take to prepare themselves: shorter work is not worth sharing. */
  readonly preparationSeconds: number;
  /**
   * Calls helpers to work on a detector's images. Returns at once: they prepare themselves meanwhile.
   *
   * @param parts for `createHelper`, where the helper is: plain data and typed arrays, which helpers may share
   * @param most how many are of use
   */
  open(parts: HelperParts, most: number): Crew;
}

/** What a helper needs to know of a detector: see `createHelper`. */
export interface HelperParts {
  /** The detector's kind. */
  readonly kind: string;
}

/** Work on one image: plain data and typed arrays. */
export interface HelperJob {
  /** The image's name, for errors. */
  readonly id: string;
}

/** Helpers at work. */
export interface Crew {
  /** How many have prepared themselves. */
  readonly ready: number;
  /** Has a job done by the helper that has the fewest. */
  run(job: HelperJob): Promise<object>;
  /** Sends the helpers away; jobs that are not done fail. */
  close(): Promise<void>;
}

/** One helper's side. */
export interface Helper {
  /** Does one job. */
  run(job: HelperJob): Promise<object>;
  /** Frees its tensors. */
  dispose(): void;
}
