import type { Detector, FeatureStore, FitReport, Helpers } from '@blemish/detectors';
import type { OpenRun } from '@blemish/storage';
import type { DepthUnits } from './depth-units.js';
import { ofFile } from './of-file.js';
import { openSource } from './open-source.js';
import { createFitDisplay } from './run-progress.js';
import type { Terminal } from './terminal.js';
import type { TrainingImages } from './training-images.js';
import { withCleanup } from './with-cleanup.js';

/** What a fit needs. */
export interface FitPlan extends Pick<TrainingImages, 'train' | 'validation'> {
  readonly detector: Detector;
  /** What depth files are written in. */
  readonly units: DepthUnits;
  readonly store: FeatureStore;
  readonly scratch: FeatureStore;
  readonly helpers: Helpers | undefined;
  /** Keeps checkpoints, and has the one to go on from. */
  readonly run: Pick<OpenRun, 'readCheckpoint' | 'writeCheckpoint'>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Fits a detector to files, and shows how far it is. Errors about a part name its file. */
export function fitModel({ detector, train, validation, units, store, scratch, helpers, run, terminal, signal }: FitPlan): Promise<FitReport> {
  return withCleanup(async (defer) => {
    const source = openSource(train, detector, units, defer);
    const display = createFitDisplay(terminal);
    defer(display.end);
    const resumeFrom = await run.readCheckpoint();
    const fit = detector.fit(source, {
      store,
      scratch,
      helpers,
      signal,
      onProgress: display.update,
      onCheckpoint: run.writeCheckpoint,
      ...(validation.length > 0 && { validation: openSource(validation, detector, units, defer) }),
      ...(resumeFrom && { resumeFrom }),
    });
    return fit.catch((error: unknown) => {
      throw ofFile(error, [...train, ...validation]);
    });
  });
}
