import type { Words } from '../lib/content-fingerprint.ts';
import { ByteReader, type ByteWriter } from '../store/bytes.ts';

/**
 * What the store keeps for telling changes. Fingerprints are texts of eight code units below 256, which are ordered and compared as such.
 *
 * | key                         | value                                                           |
 * | --------------------------- | --------------------------------------------------------------- |
 * | `Cp` page extractor         | the records that the extractor last gave of the page, in order  |
 * | `Cr` extractor key          | one record that is known by its key                             |
 */

/** A record as a page gave it. */
export interface Kept {
  /** Absent when it is known by its place. */
  readonly key?: string | undefined;
  readonly content: string;
  /** It is this page's version that was given out. */
  readonly owned: boolean;
}

/** A record that is known by its key. */
export interface Known {
  /** The page whose version was given out; undefined when that gives it no more and others do. */
  readonly owner: string | undefined;
  /** How many pages give it. */
  readonly pages: number;
  /** What was given out last. */
  readonly content: string;
  /** JSON to be given out when it is gone. */
  readonly gone: Uint8Array;
}

/** All keys. */
export const CHANGES_RANGE = { gte: 'C', lt: 'D' };

/** A fingerprint as text. */
export function textOf([high, low]: Words): string {
  return String.fromCharCode(
    high >>> 24,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    low >>> 24,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  );
}

export function pageKey(page: string, extractor: string): string {
  return `Cp${page}${extractor}`;
}

export function recordKey(extractor: string, key: string): string {
  return `Cr${extractor}${key}`;
}

const BY_PLACE = 0;
const OWNED = 1;
const HELD = 2;

export function encodePage(records: readonly Kept[], writer: ByteWriter): Buffer {
  for (const { key, content, owned } of records) {
    writer.byte(key === undefined ? BY_PLACE : owned ? OWNED : HELD);
    if (key !== undefined) print(writer, key);
    print(writer, content);
  }
  return writer.take();
}

export function decodePage(bytes: Uint8Array): Kept[] {
  const reader = new ByteReader(bytes);
  const records: Kept[] = [];
  while (!reader.done) {
    const kind = reader.byte();
    const key = kind === BY_PLACE ? undefined : readPrint(reader);
    records.push({ key, content: readPrint(reader), owned: kind !== HELD });
  }
  return records;
}

export function encodeKnown({ owner, pages, content, gone }: Known, writer: ByteWriter): Buffer {
  writer.byte(owner === undefined ? 0 : 1);
  if (owner !== undefined) print(writer, owner);
  print(writer.number(pages), content);
  return writer.lastBytes(gone).take();
}

export function decodeKnown(bytes: Uint8Array): Known {
  const reader = new ByteReader(bytes);
  const owner = reader.byte() === 0 ? undefined : readPrint(reader);
  return { owner, pages: reader.number(), content: readPrint(reader), gone: reader.lastBytes() };
}

function print(writer: ByteWriter, text: string): void {
  for (let i = 0; i < 8; i++) writer.byte(text.charCodeAt(i));
}

function readPrint(reader: ByteReader): string {
  let text = '';
  for (let i = 0; i < 8; i++) text += String.fromCharCode(reader.byte());
  return text;
}
