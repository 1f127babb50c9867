/** Bytes that a sealed value is longer. */
export const SEAL_BYTES = 4;

/**
 * A value with a check of it and its key at the end. LevelDB checks the blocks of its tables only when told to, and the binding has
 * no way to tell it: a flipped bit would be read as a value.
 */
export function seal(key: string, value: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(value.length + SEAL_BYTES);
  sealed.set(value);
  sealed.writeUInt32LE(checkOf(key, value, value.length), value.length);
  return sealed;
}

/** The value without its check; undefined when key and value are not as they were sealed. */
export function unseal(key: string, sealed: Buffer): Uint8Array | undefined {
  const length = sealed.length - SEAL_BYTES;
  if (length < 0 || sealed.readUInt32LE(length) !== checkOf(key, sealed, length)) return undefined;
  return sealed.subarray(0, length);
}

/** FNV-1a over key and value with a last mixing: quick for some tens of bytes; against accidents, not adversaries. */
function checkOf(key: string, value: Uint8Array, length: number): number {
  let hash = 0x811c9dc5 ^ key.length;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (value[i] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
