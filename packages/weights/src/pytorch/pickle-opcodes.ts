import { fault } from '../weights-error.js';
import type { PickleMachine } from './pickle-machine.js';
import { containerBytes } from './pickle-machine.js';
import type { PickleDict, PickleSequence, PickleValue } from './pickle-value.js';
import { kindOf } from './pickle-value.js';

type Opcode = (machine: PickleMachine) => void;

/**
 * The pickle opcodes that checkpoints use, protocols 2 to 5 (`pickletools` in Python's library describes each one).
 * None of them runs code: REDUCE applies only what `findGlobal` gave.
 */
export const pickleOpcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  // Scalars
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4a, (m) => m.push(m.reader.i32())], // BININT
  [0x4b, (m) => m.push(m.reader.u8())], // BININT1
  [0x4d, (m) => m.push(m.reader.u16())], // BININT2
  [0x8a, (m) => m.push(toInteger(m.reader.bytes(m.reader.u8())))], // LONG1
  [0x8b, (m) => m.push(toInteger(m.reader.bytes(m.reader.u32())))], // LONG4
  [0x47, (m) => m.push(m.reader.f64BigEndian())], // BINFLOAT
  [0x54, (m) => m.push(m.reader.text(m.reader.u32()))], // BINSTRING (Python 2)
  [0x55, (m) => m.push(m.reader.text(m.reader.u8()))], // SHORT_BINSTRING (Python 2)
  [0x58, (m) => m.push(m.reader.text(m.reader.u32()))], // BINUNICODE
  [0x8c, (m) => m.push(m.reader.text(m.reader.u8()))], // SHORT_BINUNICODE
  [0x8d, (m) => m.push(m.reader.text(m.reader.u64()))], // BINUNICODE8
  [0x42, (m) => m.push(m.reader.bytes(m.reader.u32()))], // BINBYTES
  [0x43, (m) => m.push(m.reader.bytes(m.reader.u8()))], // SHORT_BINBYTES
  [0x8e, (m) => m.push(m.reader.bytes(m.reader.u64()))], // BINBYTES8
  // Containers
  [0x5d, (m) => m.push(sequence(m, 'list', []))], // EMPTY_LIST
  [0x29, (m) => m.push(sequence(m, 'tuple', []))], // EMPTY_TUPLE
  [0x8f, (m) => m.push(sequence(m, 'set', []))], // EMPTY_SET
  [0x7d, (m) => m.push(dict(m, []))], // EMPTY_DICT
  [0x6c, (m) => m.push(sequence(m, 'list', m.popToMark()))], // LIST
  [0x74, (m) => m.push(sequence(m, 'tuple', m.popToMark()))], // TUPLE
  [0x91, (m) => m.push(sequence(m, 'set', m.popToMark()))], // FROZENSET
  [0x64, (m) => m.push(dict(m, m.popToMark()))], // DICT
  [0x85, (m) => m.push(sequence(m, 'tuple', popLast(m, 1)))], // TUPLE1
  [0x86, (m) => m.push(sequence(m, 'tuple', popLast(m, 2)))], // TUPLE2
  [0x87, (m) => m.push(sequence(m, 'tuple', popLast(m, 3)))], // TUPLE3
  [0x61, (m) => append(m, 'list', [m.pop()])], // APPEND
  [0x65, (m) => append(m, 'list', m.popToMark())], // APPENDS
  [0x90, (m) => append(m, 'set', m.popToMark())], // ADDITEMS
  [0x73, (m) => setItems(m, popLast(m, 2))], // SETITEM
  [0x75, (m) => setItems(m, m.popToMark())], // SETITEMS
  // Stack and memo
  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => void m.pop()], // POP
  [0x31, (m) => void m.popToMark()], // POP_MARK
  [0x32, (m) => m.push(m.top())], // DUP
  [0x71, (m) => void m.memo.set(m.reader.u8(), m.top())], // BINPUT
  [0x72, (m) => void m.memo.set(m.reader.u32(), m.top())], // LONG_BINPUT
  [0x94, (m) => void m.memo.set(m.memo.size, m.top())], // MEMOIZE
  [0x68, (m) => m.push(recall(m, m.reader.u8()))], // BINGET
  [0x6a, (m) => m.push(recall(m, m.reader.u32()))], // LONG_BINGET
  [0x80, (m) => checkProtocol(m.reader.u8())], // PROTO
  [0x95, (m) => void m.reader.u64()], // FRAME
  // The world outside
  [0x63, (m) => m.push(m.world.findGlobal(m.reader.line(), m.reader.line()))], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x69, inst], // INST
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
  [0x51, (m) => m.push(m.world.loadPersistent(m.pop()))], // BINPERSID
]);

/** Two's complement, least significant byte first. */
function toInteger(bytes: Uint8Array): number | bigint {
  if (bytes.length > 1024) throw fault(`damaged pickle: an integer of ${bytes.length} bytes`);
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  value = BigInt.asIntN(8 * bytes.length, value);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function sequence(m: PickleMachine, kind: PickleSequence['kind'], items: PickleValue[]): PickleSequence {
  m.budget.spend(containerBytes);
  return { kind, items };
}

function dict(m: PickleMachine, keysAndValues: readonly PickleValue[]): PickleDict {
  m.budget.spend(containerBytes);
  const made: PickleDict = { kind: 'dict', entries: new Map() };
  addPairs(made, keysAndValues);
  return made;
}

function addPairs({ entries }: PickleDict, keysAndValues: readonly PickleValue[]): void {
  if (keysAndValues.length % 2 === 1) throw fault('damaged pickle: a dict key without its value');
  for (let i = 0; i < keysAndValues.length; i += 2) {
    entries.set(keysAndValues[i] as PickleValue, keysAndValues[i + 1] as PickleValue);
  }
}

function popLast(m: PickleMachine, count: number): PickleValue[] {
  const values: PickleValue[] = [];
  for (let i = 0; i < count; i++) values.push(m.pop());
  return values.reverse();
}

function append(m: PickleMachine, kind: 'list' | 'set', values: readonly PickleValue[]): void {
  const { items } = m.topSequence(kind);
  for (const value of values) items.push(value);
}

function setItems(m: PickleMachine, keysAndValues: readonly PickleValue[]): void {
  addPairs(m.topDict(), keysAndValues);
}

function recall(m: PickleMachine, index: number): PickleValue {
  const value = m.memo.get(index);
  if (value === undefined) throw fault(`damaged pickle: nothing was kept under memo ${index}`);
  return value;
}

function checkProtocol(protocol: number): void {
  if (protocol < 2 || protocol > 5) throw fault(`expected pickle protocol 2 to 5, got ${protocol}`);
}

function stackGlobal(m: PickleMachine): void {
  const [module, name] = popLast(m, 2);
  if (typeof module !== 'string' || typeof name !== 'string') throw fault('damaged pickle: a global name that is no text');
  m.push(m.world.findGlobal(module, name));
}

/** Protocol 0's way of calling, which no checkpoint uses: read only to say what it asks for. */
function inst(m: PickleMachine): void {
  m.world.findGlobal(m.reader.line(), m.reader.line());
  throw fault('pickle opcode INST is not one that checkpoints use');
}

function reduce(m: PickleMachine): void {
  const { items } = popTuple(m);
  const callee = m.pop();
  if (typeof callee !== 'object' || callee === null || callee instanceof Uint8Array || callee.kind !== 'function') {
    throw fault(`damaged pickle: expected a function to call, got ${kindOf(callee)}`);
  }
  m.push(callee.call(items));
}

function popTuple(m: PickleMachine): PickleSequence {
  const tuple = m.topSequence('tuple');
  m.pop();
  return tuple;
}

/** PyTorch puts `_metadata` (module versions) on the OrderedDict of a state_dict: passed over. Nothing else has a state. */
function build(m: PickleMachine): void {
  const state = m.pop();
  m.topDict();
  if (kindOf(state) !== 'dict') throw fault(`damaged pickle: expected the attributes of an OrderedDict, got ${kindOf(state)}`);
}
