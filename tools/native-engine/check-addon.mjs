// Run in a process of its own: loads a copy of tfjs-node's addon and lets TensorFlow add two numbers.
// node check-addon.mjs ADDON_FILE
import { createRequire } from 'node:module';

const binding = createRequire(import.meta.url)(process.argv[2] ?? '');
/** @param {number} value */
const tensor = (value) => binding.createTensor([1], binding.TF_FLOAT, Float32Array.of(value));
const [sum] = binding.executeOp('AddV2', [{ name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }], [tensor(2), tensor(3)], 1);
const [five] = binding.tensorDataSync(sum.id);
if (five !== 5) throw new Error(`TensorFlow says that 2 + 3 is ${five}`);
console.log(binding.TF_Version);
