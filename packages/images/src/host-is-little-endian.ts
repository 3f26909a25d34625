/** Whether numbers lie in this machine's memory with their lowest byte first. */
export const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
