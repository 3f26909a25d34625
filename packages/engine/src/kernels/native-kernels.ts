/** Our own kernels inside TensorFlow's library, once they are loaded. */
export interface NativeKernels {
  /** Raised with every change of an operation's inputs, outputs, settings or bits. */
  readonly revision: number;
  /** Threads of a kernel. */
  threads(): number;
  setThreads(count: number): void;
  /** The instruction set in use. */
  isa(): string;
  /** Holds to an instruction set; false where the processor has not got it. */
  useIsa(name: string): boolean;
  /** Gives back the kernels' working memory. */
  releaseScratch(): void;
}

let found: NativeKernels | { readonly missing: string } = { missing: 'the native engine is not loaded' };

/** Tells the package what came of loading the kernels. */
export function declareNativeKernels(kernels: NativeKernels | { readonly missing: string }): void {
  found = kernels;
}

/** Our own kernels, or why they are not there. */
export function nativeKernels(): NativeKernels | { readonly missing: string } {
  return found;
}
