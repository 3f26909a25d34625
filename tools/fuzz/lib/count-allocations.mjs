// @ts-check

/** A single array beyond this is not made: the machine should live to tell. */
const largest = 2 ** 29;

/** Bytes of all array buffers made since the last reset, freed or not. */
export const allocated = { bytes: 0 };

const constructors = /** @type {const} */ ([
  'ArrayBuffer', 'Uint8Array', 'Int8Array', 'Uint8ClampedArray', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
]);

/**
 * Replaces this thread's constructors of array memory by ones that count; modules imported afterwards are counted. What Node
 * allocates by itself (zlib's output) is not: `process.memoryUsage().arrayBuffers` shows that.
 */
export function countAllocations() {
  const globals = /** @type {Record<string, any>} */ (globalThis);
  for (const name of constructors) {
    const original = globals[name];
    /** @type {object} */
    const proxy = new Proxy(original, {
      /** @returns {object} */
      construct(target, parameters, newTarget) {
        const [first] = parameters;
        const size = typeof first === 'number' ? first * (target.BYTES_PER_ELEMENT ?? 1) : 0;
        if (size > largest) {
          allocated.bytes += size;
          throw new RangeError(`fuzz: ${name} of ${size} bytes`);
        }
        /** @type {{ byteLength: number }} */
        const made = Reflect.construct(target, parameters, newTarget === proxy ? target : newTarget);
        // A view of memory that is there already costs nothing.
        if (!(first instanceof originalBuffer) && !(first instanceof SharedArrayBuffer)) allocated.bytes += made.byteLength;
        return made;
      },
    });
    globals[name] = proxy;
  }
}

const originalBuffer = ArrayBuffer;
