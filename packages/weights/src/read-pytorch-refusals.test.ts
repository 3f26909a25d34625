import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import fc from 'fast-check';
import { readPytorch } from './read-pytorch.js';
import { checkpoints } from '@blemish-tools/jest';

const { dict, global, int, join, legacyCheckpoint, little, pickle, storage, tensor, text, tuple, zipCheckpoint } = checkpoints;

const folder = joinPath(__dirname, 'testing', 'fixtures');
const four = new Uint8Array(16);
const one = tensor(storage('FloatStorage', '0', 4), 0, [4], [1]);

/** One pickle, each in both containers. */
function both(root: Uint8Array): Uint8Array[] {
  return [zipCheckpoint(root, { 0: four }), legacyCheckpoint(root, [['0', 4, four]])];
}

function call(module: string, name: string, argument: string): Uint8Array {
  return join(global(module, name), tuple(text(argument)), 'R');
}

/** Memo `times`: a list of two times the same list of two times the same list ... */
function doubling(times: number): Uint8Array {
  return join(']q', [0], ...Array.from({ length: times }, (_, i) => join('](h', [i], 'h', [i], 'eq', [i + 1])));
}

describe('pickles that ask for more than tensors', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['os.system', pickle(call('os', 'system', 'touch pwned')), /"os\.system"/],
    ['posix.system behind a tensor', pickle(dict({ a: one, b: call('posix', 'system', 'true') })), /"posix\.system"/],
    ['builtins.eval', pickle(call('builtins', 'eval', '1')), /"builtins\.eval"/],
    ['__builtin__.exec', pickle(call('__builtin__', 'exec', '1')), /"__builtin__\.exec"/],
    ['a name from the stack', join([0x80, 4, 0x8c, 2], 'os', [0x8c, 6], 'system', [0x93], ')R.'), /"os\.system"/],
    ['INST', pickle('(', text('true'), 'ios\nsystem\n'), /"os\.system"/],
    ['protocol 0', join('cos\nsystem\n(S"true"\ntR.'), /"os\.system"/],
    ['a name of Object.prototype', pickle(call('constructor', 'constructor', 'x')), /"constructor\.constructor"/],
    ['a name in torch that runs code', pickle(call('torch', 'load', 'x')), /"torch\.load"/],
    ['a name with line breaks', join([0x80, 4, 0x8c, 3], 'a\nb', [0x8c, 3], '\x1b[m', [0x93], '.'), /"a\\nb\.\\u001b\[m"/],
  ])('refuses %s', (_, root, message) => {
    for (const bytes of both(root)) {
      expect(() => readPytorch(bytes, 'bad.pth')).toThrow(message);
      expect(() => readPytorch(bytes, 'bad.pth')).toThrow(/^bad\.pth: refused: the pickle asks for "[^\n]*$/);
    }
  });

  it('refuses a whole module, and says how to save its weights', () => {
    const bytes = readFileSync(joinPath(folder, 'whole-module.zip.pth'));
    expect(() => readPytorch(bytes, 'm.pth')).toThrow(/^m\.pth: refused: .*"torch\.nn\.modules\.container\.Sequential".*state_dict\(\)/);
  });

  it('refuses to call what is no function, to give state to a tensor, and opcodes that checkpoints never use', () => {
    for (const [root, message] of [
      [pickle(text('x'), ')R'), /expected a function to call, got string/],
      [pickle(one, dict({ x: int(1) }), 'b'), /expected a dict, got tensor/],
      [pickle(global('collections', 'OrderedDict'), ')', [0x81]), /opcode 0x81/],
      [pickle([0x82, 1]), /opcode 0x82/],
    ] as const) {
      for (const bytes of both(root)) expect(() => readPytorch(bytes)).toThrow(message);
    }
  });
});

describe('checkpoints that lie', () => {
  const wide = tensor(storage('FloatStorage', '0', 2 ** 40), 0, [2 ** 40], [1]);
  const ones = Array<number>(65).fill(1);
  const lies: [string, Uint8Array, RegExp][] = [
    ['a storage that is longer than its bytes', pickle(wide), /storage "0": expected 1099511627776 elements/],
    ['a tensor past its storage', pickle(tensor(storage('FloatStorage', '0', 4), 1, [4], [1])), /reaches element 4 of storage "0", which has 4/],
    ['a stride past its storage', pickle(tensor(storage('FloatStorage', '0', 4), 0, [2, 2], [3, 1])), /reaches element 4/],
    ['a negative offset', pickle(tensor(storage('FloatStorage', '0', 4), -1, [1], [1])), /offset of a tensor as a whole number, got -1/],
    ['a negative stride', pickle(tensor(storage('FloatStorage', '0', 4), 3, [4], [-1])), /stride of a tensor as a whole number, got -1/],
    ['a size that overflows', pickle(tensor(storage('FloatStorage', '0', 4), 0, [2 ** 40, 2 ** 40], [0, 0])), /tensor size of whole numbers/],
    ['a terabyte expanded from one element', pickle(tensor(storage('FloatStorage', '0', 4), 0, [2 ** 38], [0])), /would take more than \d+ bytes/],
    ['65 dimensions', pickle(tensor(storage('FloatStorage', '0', 4), 0, ones, ones)), /size of a tensor as a tuple/],
    ['more strides than dimensions', pickle(tensor(storage('FloatStorage', '0', 4), 0, [4], [1, 1])), /1 dimensions with 2 strides/],
    ['an unknown storage type', pickle(tensor(storage('ComplexFloatStorage', '0', 4), 0, [4], [1])), /"torch\.ComplexFloatStorage"/],
    ['a name that stands twice', pickle(dict({ 'a.b': one, a: dict({ b: one }) })), /unique names, got "a\.b" twice/],
    ['a key that is no text', pickle('}(', tuple(int(1)), one, 'u'), /text or a number as key of the dict at "", got tuple/],
    ['a list that holds itself', pickle(dict({ a: one, b: join(']q', [0], 'h', [0], 'a') })), /at most 32 deep/],
    ['lists of lists doubling thirty times', pickle(doubling(30), dict({ a: one, b: ['h'.charCodeAt(0), 30] })), /its names would take more than/],
    ['a stack without a mark', pickle('e'), /no mark/],
    ['an empty stack', pickle(), /stack is empty/],
    ['a memo that nothing was put in', pickle('h', [7]), /under memo 7/],
    ['text that is not UTF-8', pickle('X', little(1, 4), [0xff]), /UTF-8/],
    ['text that is longer than the file', pickle('X', little(2 ** 31, 4), 'a'), /expected 2147483648 more bytes/],
    ['a dict key without its value', pickle('}(', text('a'), 'u'), /key without its value/],
  ];

  it.each(lies)('rejects %s', (_, root, message) => {
    for (const bytes of both(root)) {
      expect(() => readPytorch(bytes, 'x.pth')).toThrow(message);
      expect(() => readPytorch(bytes, 'x.pth')).toThrow(/^x\.pth: [^\n]+$/);
    }
  });

  it('rejects pickles of nothing but containers before they fill the memory', () => {
    const root = new Uint8Array(2 ** 20).fill(0x7d);
    for (const bytes of both(root)) expect(() => readPytorch(bytes)).toThrow(/the pickle would take more than \d+ bytes/);
  });

  it('rejects a storage described in two ways, missing, or twice in a legacy file', () => {
    const two = pickle(dict({ a: one, b: tensor(storage('IntStorage', '0', 4), 0, [1], [1]) }));
    expect(() => readPytorch(legacyCheckpoint(two, [['0', 4, four]]))).toThrow(/storage "0" is described in two ways/);
    expect(() => readPytorch(legacyCheckpoint(pickle(one)))).toThrow(/expected storage "0" in the file/);
    expect(() => readPytorch(legacyCheckpoint(pickle(one), [['0', 4, four], ['0', 4, four]]))).toThrow(/twice the same/);
    expect(() => readPytorch(legacyCheckpoint(pickle(one), [['0', 5, four]]))).toThrow(/expected 4 elements, got 5/);
    expect(() => readPytorch(legacyCheckpoint(pickle(one), [['0', 2 ** 60, four]]))).toThrow(/expected a size at byte/);
  });

  it('rejects damaged, unfinished and foreign zip archives', () => {
    const whole = zipCheckpoint(pickle(one), { 0: Uint8Array.from(four, (_, i) => i) });
    const flipped = whole.slice();
    const data = flipped.findIndex((_, i) => flipped[i] === 3 && flipped[i + 1] === 4 && flipped[i + 2] === 5);
    flipped[data] = 99;
    expect(() => readPytorch(flipped)).toThrow(/entry "x\/data\/0" is damaged: its CRC-32 differs/);
    expect(() => readPytorch(whole.subarray(0, whole.length - 1))).toThrow(/directory is missing: the file is truncated/);
    expect(() => readPytorch(zipCheckpoint(pickle(one)))).toThrow(/expected an entry "x\/data\/0"/);
    expect(() => readPytorch(zipCheckpoint(pickle(one), { 0: four.subarray(4) }))).toThrow(/expected 4 elements of F32, 16 bytes, got 12/);
    expect(() => readPytorch(zipCheckpoint(pickle(one), {}, { 'constants.pkl': '' }))).toThrow(/TorchScript/);
    expect(() => readPytorch(zipCheckpoint(pickle(one), {}, { byteorder: 'mixed' }))).toThrow(/byteorder little or big, got "mixed"/);
    expect(() => readPytorch(zipCheckpoint(pickle(one), {}, { 'deeper/data.pkl': 'x' }))).toThrow(/expected an entry/);
  });

  it('rejects an archive that inflates to more than it says, or to a thousand times the file', () => {
    const zeros = new Uint8Array(2 ** 24);
    const bomb = zipCheckpoint(pickle(tensor(storage('ByteStorage', '0', zeros.length), 0, [zeros.length], [1])), { 0: zeros }, { level: 6 });
    expect(bomb.length).toBeLessThan(2 ** 15);
    expect(() => readPytorch(bomb)).toThrow(/its tensors would take more than/);
    const small = zipCheckpoint(pickle(one), { 0: four.map((_, i) => i) }, { level: 6 });
    const view = new DataView(small.buffer);
    for (let at = 0; at < small.length - 4; at++) {
      // Both records of the entry state the size; the directory's is the one that counts.
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 16) view.setUint32(at + 24, 12, true);
    }
    expect(() => readPytorch(small)).toThrow(/is damaged: expected 12 bytes, got 13/);
  });
});

describe('fuzzed checkpoints', () => {
  const files = readdirSync(folder);

  it.each(files)('%s, bytes changed or cut, fails by our one-line error or not at all, and takes little memory', (name) => {
    const whole = new Uint8Array(readFileSync(joinPath(folder, name)));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), fc.option(fc.nat(whole.length), { freq: 4 }), (changes, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          let copied = 0;
          for (const { data } of readPytorch(bytes, 'fuzzed').tensors.values()) if (data.buffer !== bytes.buffer) copied += data.byteLength;
          expect(copied).toBeLessThanOrEqual(2 ** 16 + 8 * bytes.length);
        } catch (error) {
          if ((error as Error).name !== 'WeightsError') throw error;
          expect((error as Error).message).toMatch(/^fuzzed: [^\n]+$/);
        }
      }),
      { numRuns: 700 },
    );
  });

  it('random pickles of known opcodes fail by our one-line error or not at all', () => {
    const opcodes = [...'NJKMGTUXBC])}(l td aes u012qrhjcRbQi.'].map((letter) => letter.charCodeAt(0));
    const byte = fc.oneof(fc.constantFrom(...opcodes, 0x85, 0x86, 0x87, 0x88, 0x8f, 0x90, 0x91, 0x93, 0x94, 0x95), fc.nat(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
        const file = legacyCheckpoint(pickle(bytes));
        try {
          readPytorch(file, 'fuzzed');
        } catch (error) {
          expect([(error as Error).name, (error as Error).message.includes('\n')]).toEqual(['WeightsError', false]);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
