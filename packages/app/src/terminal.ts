import cliProgress from 'cli-progress';

/** Where a command writes: results to `out`, all else to `err`. */
export interface Terminal {
  /** A result, for people or, with `--json`, for machines. */
  out(text: string): void;
  /** A remark; silent with `--quiet`. */
  note(text: string): void;
  /** Progress of one stage of long work. */
  stage(name: string, unit: string): Stage;
}

/** One stage of long work, with its rate and the time left. */
export interface Stage {
  update(done: number, total: number, detail?: string): void;
  end(): void;
}

/** Settings of {@link createTerminal}. */
export interface TerminalOptions {
  readonly quiet: boolean;
  /** Whether progress is a moving bar; default: whether standard error is a terminal. */
  readonly isTerminal?: boolean;
  readonly writeOut?: (text: string) => void;
  readonly writeError?: (text: string) => void;
}

/** Seconds between two plain lines of a stage when progress goes to a file or a pipe. */
const plainInterval = 15;

/** A duration as `1:02:03` or `2:03`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : `${Number(parts[0])}:${parts[1]}`;
}

/** A rate in three digits, without an exponent. */
export function formatRate(rate: number): string {
  return rate >= 100 ? rate.toFixed(0) : rate.toPrecision(3);
}

/** Bars on a terminal, plain lines in a pipe, nothing with `quiet`. */
export function createTerminal({
  quiet,
  isTerminal = process.stderr.isTTY === true,
  writeOut = (text) => void process.stdout.write(text),
  writeError = (text) => void process.stderr.write(text),
}: TerminalOptions): Terminal {
  return {
    out: (text) => writeOut(`${text}\n`),
    note: (text) => {
      if (!quiet) writeError(`${text}\n`);
    },
    stage(name, unit) {
      if (quiet) return { update: () => undefined, end: () => undefined };
      return isTerminal ? barStage(name, unit) : plainStage(name, unit, writeError);
    },
  };
}

function barStage(name: string, unit: string): Stage {
  const bar = new cliProgress.SingleBar({
    format: `${name.padEnd(16)} {bar} {value}/{total} ${unit}  {rate}  {left} left  {detail}`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
  });
  const pace = createPace();
  let started = false;
  return {
    update(done, total, detail = '') {
      const { rate, left } = pace(done, total);
      const payload = { rate: `${formatRate(rate)}/s`, left: formatDuration(left), detail };
      if (started) bar.update(done, payload);
      else bar.start(total, done, payload);
      started = true;
    },
    end: () => bar.stop(),
  };
}

function plainStage(name: string, unit: string, write: (text: string) => void): Stage {
  const pace = createPace();
  let printed = performance.now() / 1000;
  let last: string | undefined;
  return {
    update(done, total, detail = '') {
      const now = performance.now() / 1000;
      const { rate, left } = pace(done, total);
      const speed = rate > 0 ? [`${formatRate(rate)}/s`, ...(done < total ? [`${formatDuration(left)} left`] : [])] : [];
      last = `${[`${name}: ${done}/${total} ${unit}`, ...speed, ...(detail === '' ? [] : [detail])].join(', ')}\n`;
      if (done < total && now - printed < plainInterval) return;
      write(last);
      printed = now;
      last = undefined;
    },
    end() {
      if (last !== undefined) write(last);
      last = undefined;
    },
  };
}

/** Rate and time left since the first call, which counts what was done before (a resumed run). */
function createPace(): (done: number, total: number) => { rate: number; left: number } {
  let start: { time: number; done: number } | undefined;
  return (done, total) => {
    const time = performance.now() / 1000;
    start ??= { time, done };
    const rate = (done - start.done) / Math.max(1e-9, time - start.time);
    return { rate, left: rate > 0 ? (total - done) / rate : Infinity };
  };
}
