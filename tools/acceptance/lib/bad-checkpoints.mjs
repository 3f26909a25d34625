// @ts-check
import { zipSync } from 'fflate';
import { writeSafetensors } from '@blemish/weights';

/** Weights that no EfficientNet has: the first layers of a residual network. */
export function otherNetwork() {
  const array = (/** @type {number[]} */ shape) => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    return { dtype: /** @type {const} */ ('F32'), shape, data };
  };
  return writeSafetensors([
    ['conv1.weight', array([64, 3, 7, 7])],
    ['bn1.weight', array([64])],
    ['layer1.0.conv1.weight', array([64, 64, 3, 3])],
  ]);
}

/**
 * Checkpoints that make a trusting reader run a command which creates `witness`.
 *
 * @param {string} witness
 * @returns {Record<'zip' | 'legacy', Uint8Array>}
 */
export function maliciousCheckpoints(witness) {
  const command = Buffer.from(`touch '${witness}'`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(command.length);
  // os.system(command)
  const call = Buffer.concat([Buffer.from('\x80\x02cposix\nsystem\n(X', 'latin1'), length, command, Buffer.from('tR.', 'latin1')]);
  const text = (/** @type {string} */ value) => Buffer.from(value, 'latin1');
  const magic = text('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.'); // 0x1950a86a20f9469cfc6c
  return {
    zip: zipSync({ 'archive/data.pkl': call, 'archive/version': text('3\n') }, { level: 0 }),
    legacy: Buffer.concat([magic, text('\x80\x02M\xe9\x03.'), text('\x80\x02}.'), call, text('\x80\x02].')]),
  };
}

/** The first half of an honest empty checkpoint, in either container. @returns {Record<'zip' | 'legacy', Uint8Array>} */
export function truncatedCheckpoints() {
  const text = (/** @type {string} */ value) => Buffer.from(value, 'latin1');
  const zip = zipSync({ 'archive/data.pkl': text('\x80\x02}.'), 'archive/data/0': new Uint8Array(4096) }, { level: 0 });
  const legacy = text('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}.\x80\x02}(X\x05\x00\x00\x00wei');
  return { zip: zip.subarray(0, zip.length >> 1), legacy };
}
