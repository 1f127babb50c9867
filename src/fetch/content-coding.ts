import {
  brotliDecompress,
  brotliDecompressSync,
  gunzip,
  gunzipSync,
  inflate,
  inflateRaw,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { messageOf } from '../lib/errors.ts';
import { FetchError } from './types.ts';

/** What we can decode, as `accept-encoding` has it. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

// Up to here a body is decoded at once, on this thread: half the work of a stream, and no more than a millisecond or two. Above, a
// pool thread does it, so that a large body holds up nobody.
const SYNC_MAX = 128 * 1024;

// One is what servers send, two happens behind proxies; more is a trick.
const CODINGS_MAX = 3;

// Output buffers of this size: most pages need one or two.
const CHUNK_SIZE = 64 * 1024;

interface ZlibOptions {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}

interface Coding {
  readonly sync: (body: Buffer, options: ZlibOptions) => Buffer;
  readonly async: (body: Buffer, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void;
}

const GZIP: Coding = { sync: gunzipSync, async: gunzip };
const ZLIB: Coding = { sync: inflateSync, async: inflate };
const RAW_DEFLATE: Coding = { sync: inflateRawSync, async: inflateRaw };
const BROTLI: Coding = { sync: brotliDecompressSync, async: brotliDecompress };

/** Most bytes on the wire that can still be a body of `maxBody`: codings add a little to what they cannot compress. */
export function wireMax(maxBody: number, contentEncoding: string | undefined): number {
  return contentEncoding === undefined ? maxBody : maxBody + (maxBody >>> 8) + 1024;
}

/**
 * Undoes `content-encoding` (RFC 9110 §8.4), at once when small. Never makes more than `maxBody` bytes, whatever the input promises.
 *
 * @throws {FetchError} `encoding` for a coding that is unknown or broken, `too-large` past `maxBody`; or rejects with it
 */
export function decodeContent(body: Buffer, contentEncoding: string, maxBody: number): Buffer | Promise<Buffer> {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const codings = names.filter((name) => name !== '' && name !== 'identity').reverse();
  // HEAD, 304 and empty bodies name a coding and have nothing to decode
  if (codings.length === 0 || body.length === 0) return body;
  if (codings.length > CODINGS_MAX) throw new FetchError('encoding', `too many content codings: ${contentEncoding}`);
  const options = { maxOutputLength: maxBody, chunkSize: CHUNK_SIZE };
  if (body.length > SYNC_MAX) return decodeOnPool(body, codings, options);
  let decoded = body;
  for (const name of codings) {
    const coding = codingOf(name, decoded);
    try {
      decoded = coding.sync(decoded, options);
    } catch (error) {
      throw codingError(name, maxBody, error);
    }
  }
  return decoded;
}

async function decodeOnPool(body: Buffer, codings: readonly string[], options: ZlibOptions): Promise<Buffer> {
  let decoded = body;
  for (const name of codings) {
    const coding = codingOf(name, decoded);
    const input = decoded;
    decoded = await new Promise<Buffer>((resolve, reject) => {
      coding.async(input, options, (error, result) => {
        if (error) reject(codingError(name, options.maxOutputLength, error));
        else resolve(result);
      });
    });
  }
  return decoded;
}

function codingOf(name: string, body: Buffer): Coding {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return GZIP;
    case 'deflate':
      return hasZlibHeader(body) ? ZLIB : RAW_DEFLATE;
    case 'br':
      return BROTLI;
    default:
      throw new FetchError('encoding', `unknown content coding ${JSON.stringify(name)}`);
  }
}

/** `deflate` means the zlib format (RFC 1950), but some servers send bare deflate data. */
function hasZlibHeader(body: Buffer): boolean {
  const first = body[0] ?? 0;
  return (first & 0x0f) === 8 && ((first << 8) | (body[1] ?? 0)) % 31 === 0;
}

function codingError(name: string, maxBody: number, error: unknown): FetchError {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    return tooLarge(maxBody, error);
  return new FetchError('encoding', `broken ${name} data: ${messageOf(error)}`, error);
}

export function tooLarge(maxBody: number, cause?: unknown): FetchError {
  return new FetchError('too-large', `the body is larger than ${maxBody} bytes (fetch.max_body)`, cause);
}
