import { randomUUID } from 'node:crypto';

export const systemUuid: () => string = randomUUID;

/** The 16 bytes of a UUID text, the form of TaskStatus.uuid. */
export function uuidBytes(text: string): Uint8Array {
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** Whether the bytes are a UUID with the RFC 4122 variant; Mesos refuses other 16 bytes. */
export function isUuid(bytes: Uint8Array | undefined): boolean {
  return bytes?.length === 16 && ((bytes[8] ?? 0) & 0xc0) === 0x80;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
