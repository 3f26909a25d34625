import type { FitProgress } from '@blemish/detectors';
import type { Stage, Terminal } from './terminal.js';

/** Shows the phases of a fit, one stage each. */
export function createFitDisplay(terminal: Terminal): { update(progress: FitProgress): void; end(): void } {
  let current: { phase: string; stage: Stage } | undefined;
  return {
    update({ phase, done, total, unit, epoch, epochs, loss }) {
      if (current?.phase !== phase) {
        current?.stage.end();
        current = { phase, stage: terminal.stage(phase, unit) };
      }
      const detail = [
        epoch === undefined ? '' : `epoch ${epoch}/${epochs}`,
        loss === undefined ? '' : `loss ${loss.toPrecision(5)}`,
      ].filter((part) => part !== '');
      current.stage.update(done, total, detail.join(', '));
    },
    end: () => current?.stage.end(),
  };
}
