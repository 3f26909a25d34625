import { createTerminal, formatDuration, formatRate } from './terminal.js';
import { recordedTerminal } from './testing/recorded-terminal.js';

it.each([
  [0, '0:00'],
  [9.6, '0:10'],
  [59.6, '1:00'],
  [754, '12:34'],
  [3600, '1:00:00'],
  [36_125, '10:02:05'],
  [Infinity, '?'],
  [NaN, '?'],
])('shows %d seconds as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('shows rates in three digits, without an exponent', () => {
  expect([0.01234, 1.5, 99.94, 1234.5].map(formatRate)).toEqual(['0.0123', '1.50', '99.9', '1235']);
});

it('writes results to one side and remarks to the other', () => {
  const terminal = recordedTerminal();
  terminal.out('result');
  terminal.note('remark');
  expect([terminal.results(), terminal.remarks()]).toEqual([['result'], ['remark']]);
});

it('writes results alone when quiet', () => {
  const terminal = recordedTerminal(true);
  terminal.out('result');
  terminal.note('remark');
  const stage = terminal.stage('work', 'steps');
  stage.update(1, 1);
  stage.end();
  expect([terminal.results(), terminal.remarks()]).toEqual([['result'], []]);
});

describe('a stage in a pipe', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is one line where it is short', () => {
    const terminal = recordedTerminal();
    const stage = terminal.stage('work', 'steps');
    for (let done = 1; done <= 11; done++) {
      stage.update(done, 11, `loss ${done}`);
      jest.advanceTimersByTime(100);
    }
    stage.end();
    expect(terminal.remarks()).toEqual(['work: 11/11 steps, 10.0/s, loss 11']);
  });

  it('is a line every quarter of a minute where it is long, with rate and time left', () => {
    const terminal = recordedTerminal();
    const stage = terminal.stage('work', 'steps');
    for (let done = 1; done <= 40; done++) {
      stage.update(done, 100);
      jest.advanceTimersByTime(1000);
    }
    expect(terminal.remarks()).toEqual(['work: 16/100 steps, 1.00/s, 1:24 left', 'work: 31/100 steps, 1.00/s, 1:09 left']);
  });

  it('ends with where it stood, and ends once', () => {
    const terminal = recordedTerminal();
    const stage = terminal.stage('work', 'steps');
    stage.update(3, 10);
    stage.end();
    stage.end();
    expect(terminal.remarks()).toEqual(['work: 3/10 steps']);
  });

  it('counts the rate from where a resumed run begins', () => {
    const terminal = recordedTerminal();
    const stage = terminal.stage('work', 'steps');
    stage.update(90, 100);
    jest.advanceTimersByTime(2000);
    stage.update(92, 100);
    stage.end();
    expect(terminal.remarks()).toEqual(['work: 92/100 steps, 1.00/s, 0:08 left']);
  });
});

it('a bar that never began ends without a trace', () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  createTerminal({ quiet: false, isTerminal: true }).stage('work', 'steps').end();
  expect(write.mock.calls.join('').trim()).toBe('');
  write.mockRestore();
});
