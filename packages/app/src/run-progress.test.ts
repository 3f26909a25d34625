import { createFitDisplay } from './run-progress.js';
import { recordedTerminal } from './testing/recorded-terminal.js';

it('shows each phase of a fit as a stage of its own, with epoch and loss', () => {
  const terminal = recordedTerminal();
  const display = createFitDisplay(terminal);
  display.update({ phase: 'features', done: 1, total: 2, unit: 'images' });
  display.update({ phase: 'features', done: 2, total: 2, unit: 'images' });
  display.update({ phase: 'teacher', done: 5, total: 6, unit: 'steps', epoch: 3, epochs: 3, loss: -12.345678 });
  display.update({ phase: 'student', done: 1, total: 6, unit: 'steps', epoch: 1, epochs: 3, loss: 0.5 });
  display.end();
  display.end();
  const withoutRates = terminal.remarks().map((line) => line.replace(/, [\d.]+\/s/, ''));
  expect(withoutRates).toEqual([
    'features: 2/2 images',
    'teacher: 5/6 steps, epoch 3/3, loss -12.346',
    'student: 1/6 steps, epoch 1/3, loss 0.50000',
  ]);
});

it('ends where nothing was done', () => {
  const terminal = recordedTerminal();
  createFitDisplay(terminal).end();
  expect(terminal.remarks()).toEqual([]);
});
