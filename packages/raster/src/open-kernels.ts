/** A module's memory, as far as we use it: programs that import this package need not know WebAssembly's types. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
  /** Adds pages of 64 KiB. */
  grow(pages: number): number;
}

/** Functions of a WebAssembly module of our own, and the memory that they work on. */
export type Kernels<Name extends string> = Readonly<Record<Name, (...values: number[]) => void>> & { readonly memory: KernelMemory };

/**
 * The functions of a small WebAssembly module; undefined where the processor or the engine lacks its instructions, so that
 * the caller takes the plain form.
 *
 * @param base64 a module without imports, which exports `memory`
 */
export function openKernels<Name extends string>(base64: string): Kernels<Name> | undefined {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Kernels<Name>;
}

/** The kernels' memory as bytes, grown to at least `count`. Views taken before are void. */
export function kernelBytes({ memory }: { readonly memory: KernelMemory }, count: number): Uint8Array {
  const page = 65536;
  const missing = count - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / page));
  return new Uint8Array(memory.buffer);
}
