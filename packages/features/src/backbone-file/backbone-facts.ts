import type { FactsFormat } from '../file-facts.js';

/** The file of a backbone that was made here. */
export const backboneFacts: FactsFormat = { format: 'blemish-backbone', version: 1, what: "a backbone file, as 'blemish distil-pyramid' writes" };
