// Where things lie in the module's memory. The tables come first, at addresses that the caller knows;
// what depends on the image lies behind them, one after another.

/** Quantisation: 4 tables of 80 entries, each the factor << 16 | offset of the coefficient in a block. The last 16 catch
 * what runs beyond the end of a block. */
export const quantisations: usize = 1024;
export const quantisationBytes: usize = 320;

/** Huffman codes: 4 tables of differences, then 4 of coefficients. */
export const codes: usize = 4096;
export const codeBytes: usize = 8192;

/** Coefficients of one block, 16 bits each, and room for what runs beyond it. */
export const block: usize = 2560;

/** Between the passes of the cosine transform. */
export const scratch: usize = 2816;

/** Counts and values of a Huffman table as a file holds them. */
export const definition: usize = 3072;

/** Where the parts that depend on the image begin. */
export const free: usize = 131072;
