/**
 * Helpers with an engine of their own, such as worker threads, for backends that run an operation on one core. A detector
 * that is given some leaves to them what concerns one image alone; results have the same bits and order as without.
 */
export interface Helpers {
  /** Pixels of all images together from which on the work is worth what it takes to call them. */
  readonly worthPixels: number;
  /**
   * Calls helpers to work on a detector's images.
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
  /** How many there are. */
  readonly size: number;
  /** Has a job done by the next helper that is free. */
  run(job: HelperJob): Promise<object>;
  /** Sends the helpers away; jobs that are not done fail. */
  close(): Promise<void>;
}

/** One helper's side. */
export interface Helper {
  /** Does one job. */
  run(job: object): Promise<object>;
  /** Frees its tensors. */
  dispose(): void;
}
