import { readBackbone, type StoredBackbone } from '../backbone-file/read-backbone.js';
import { readDescriptor, type StoredDescriptor } from '../descriptor/read-descriptor.js';

/** The backbone that comes with this package, in half precision. It is read in with the first call alone: a bundler may leave it to be fetched then. */
export async function loadBundledBackbone(): Promise<StoredBackbone> {
  const { backbone } = await import('./backbone-file.js');
  return readBackbone(fromBase64(backbone), 'bundled backbone');
}

/** The descriptor network that comes with this package, in half precision; read in as the backbone. */
export async function loadBundledDescriptor(): Promise<StoredDescriptor> {
  const { descriptor } = await import('./descriptor-file.js');
  return readDescriptor(fromBase64(descriptor), 'bundled descriptor');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
