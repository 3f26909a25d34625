import { fault } from '../weights-error.js';
import type { Budget } from './budget.js';
import type { ByteReader } from './byte-reader.js';
import type { PickleWorld } from './pickle-machine.js';
import { createPickleMachine } from './pickle-machine.js';
import { pickleOpcodes } from './pickle-opcodes.js';
import type { PickleValue } from './pickle-value.js';

const stop = 0x2e;

/** What one opcode may leave behind: a place on the stack, in a container, in the memo. */
const opcodeBytes = 32;

/**
 * Reads one pickle without running any of it: the result is made of plain values, and of what `world` gives for the
 * names it allows.
 *
 * @param reader stands at the pickle's first byte, and afterwards behind its last
 * @param world decides which globals and persistent ids exist
 * @param budget what the values may take
 */
export function unpickle(reader: ByteReader, world: PickleWorld, budget: Budget): PickleValue {
  const machine = createPickleMachine(reader, world, budget);
  for (;;) {
    const at = reader.position();
    const code = reader.u8();
    if (code === stop) return machine.pop();
    const opcode = pickleOpcodes.get(code);
    if (!opcode) throw fault(`pickle opcode 0x${code.toString(16).padStart(2, '0')} at byte ${at} is not one that checkpoints use`);
    budget.spend(opcodeBytes);
    opcode(machine);
  }
}
