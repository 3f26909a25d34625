import { fault } from '../weights-error.js';
import type { Budget } from './budget.js';
import type { ByteReader } from './byte-reader.js';
import type { PickleDict, PickleSequence, PickleValue } from './pickle-value.js';
import { kindOf } from './pickle-value.js';

/** What a pickle may reach outside itself. */
export interface PickleWorld {
  /** The value of a global name; throws for every name that is not expressly allowed. */
  readonly findGlobal: (module: string, name: string) => PickleValue;
  /** The object behind a persistent id. */
  readonly loadPersistent: (id: PickleValue) => PickleValue;
}

/** The state of the stack machine that a pickle is a program for. */
export interface PickleMachine {
  readonly reader: ByteReader;
  readonly world: PickleWorld;
  readonly budget: Budget;
  readonly memo: Map<number, PickleValue>;
  readonly push: (value: PickleValue) => void;
  readonly pop: () => PickleValue;
  readonly top: () => PickleValue;
  /** Remembers the height of the stack. */
  readonly mark: () => void;
  /** Everything above the last mark, which is forgotten. */
  readonly popToMark: () => PickleValue[];
  readonly topDict: () => PickleDict;
  readonly topSequence: (kind: PickleSequence['kind']) => PickleSequence;
}

/** What a container costs the budget beside its items. */
export const containerBytes = 128;

/** An empty machine. */
export function createPickleMachine(reader: ByteReader, world: PickleWorld, budget: Budget): PickleMachine {
  const stack: PickleValue[] = [];
  const marks: number[] = [];
  const top = (): PickleValue => {
    const value = stack.length > (marks.at(-1) ?? 0) ? stack.at(-1) : undefined;
    if (value === undefined) throw fault('damaged pickle: its stack is empty');
    return value;
  };
  return {
    reader,
    world,
    budget,
    memo: new Map(),
    push: (value) => stack.push(value),
    top,
    pop: () => {
      const value = top();
      stack.pop();
      return value;
    },
    mark: () => marks.push(stack.length),
    popToMark: () => {
      const height = marks.pop();
      if (height === undefined) throw fault('damaged pickle: its stack has no mark');
      return stack.splice(height);
    },
    topDict: () => {
      const value = top();
      if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value.kind !== 'dict') {
        throw fault(`damaged pickle: expected a dict, got ${kindOf(value)}`);
      }
      return value;
    },
    topSequence: (kind) => {
      const value = top();
      if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value.kind !== kind) {
        throw fault(`damaged pickle: expected a ${kind}, got ${kindOf(value)}`);
      }
      return value as PickleSequence;
    },
  };
}
