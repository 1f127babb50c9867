import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { PinspiderError } from '../lib/errors.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import { GroupCommit } from './group-commit.ts';
import type { SinkPosition } from './types.ts';
import { unwritable } from './unwritable.ts';

const { O_APPEND, O_CREAT, O_RDWR, O_TRUNC, O_WRONLY } = constants;

export interface AppendOptions {
  /** Of an unfinished run. */
  readonly position?: SinkPosition | undefined;
  /** Every flush waits until the disk has it. */
  readonly forced?: boolean | undefined;
}

type Begun = SinkPosition & { readonly regular: boolean; readonly forced: boolean };

/** Appends whole records to one file. */
export class FileAppender {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #commit: GroupCommit;
  /** Devices and pipes have no end to cut back to. */
  readonly #regular: boolean;
  readonly #forced: boolean;
  /** Bytes in the file, and those with what is still buffered. */
  #size: number;
  #end: number;
  #crc: number;
  #closing: Promise<void> | undefined;

  /**
   * Opens the file now, whether or not a record comes: a path that cannot be written is found before the crawl, and scripts find
   * a file for every extractor. Missing directories are made. With `position` the file is one of an unfinished run: it is cut
   * back to there; without, it starts anew.
   *
   * @throws {PinspiderError} SINK_UNWRITABLE; SINK_CHANGED when the file is not what was left at `position`
   */
  static async open(path: string, { position, forced = false }: AppendOptions = {}): Promise<FileAppender> {
    try {
      if (position !== undefined) return await FileAppender.#resume(path, position, forced);
      await makeDirectory(dirname(path));
      const file = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_TRUNC);
      const regular = (await file.stat()).isFile();
      if (forced && regular) await forceEntry(path);
      return new FileAppender(file, { path, regular, forced, bytes: 0, crc32: 0 });
    } catch (error) {
      throw error instanceof PinspiderError ? error : unwritable(path, error);
    }
  }

  static async #resume(path: string, position: SinkPosition, forced: boolean): Promise<FileAppender> {
    const file = await open(path, O_RDWR | O_APPEND).catch((error: unknown) => {
      throw hasCode(error, 'ENOENT') ? changed(path, 'the file is gone') : error;
    });
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return new FileAppender(file, { ...position, regular: false, forced });
      if (stat.size < position.bytes) {
        throw changed(path, `the file has ${stat.size} bytes of the ${position.bytes} that were written`);
      }
      if ((await crcOf(file, position.bytes)) !== position.crc32) throw changed(path, 'the file was changed');
      // What came after the last commit will come again.
      await file.truncate(position.bytes);
      return new FileAppender(file, { ...position, regular: true, forced });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private constructor(file: FileHandle, { path, bytes, crc32, regular, forced }: Begun) {
    this.path = path;
    this.#file = file;
    this.#regular = regular;
    this.#forced = forced && regular;
    this.#size = bytes;
    this.#end = bytes;
    this.#crc = crc32;
    this.#commit = new GroupCommit((chunks) => this.#write(chunks));
  }

  /** Nothing was in it when it was opened. */
  get isNew(): boolean {
    return this.#size === 0;
  }

  /** Where the file will stand when all that was appended is written. */
  get position(): SinkPosition {
    return { path: this.path, bytes: this.#end, crc32: this.#crc };
  }

  /** Adds one record, given in parts. */
  append(...parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.#crc = crc32(part, this.#crc);
      this.#end += part.length;
    }
    this.#commit.append(...parts);
  }

  flush(): Promise<void> {
    return this.#commit.flush();
  }

  /** `length` bytes from the start; fewer when the file ends before. For files of an unfinished run. */
  async head(length: number): Promise<Buffer> {
    try {
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** Flushes and closes; the file is closed even if that fails. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    try {
      await this.#commit.flush();
    } finally {
      await this.#file.close();
    }
  }

  async #write(chunks: readonly Uint8Array[]): Promise<void> {
    let rest = chunks;
    try {
      while (rest.length > 0) {
        const { bytesWritten } = await this.#file.writev(rest);
        this.#size += bytesWritten;
        rest = after(rest, bytesWritten);
      }
      if (this.#forced) await this.#file.datasync();
    } catch (error) {
      await this.#cutBack(chunks, rest);
      throw unwritable(this.path, error);
    }
  }

  /** A full disk may take half a group: the half is taken back, so that the file ends with a whole record. */
  async #cutBack(chunks: readonly Uint8Array[], rest: readonly Uint8Array[]): Promise<void> {
    const written = bytesOf(chunks) - bytesOf(rest);
    if (!this.#regular || written === 0) return;
    try {
      await this.#file.truncate(this.#size - written);
    } catch {
      // the write's own failure is what the user must hear of
    }
  }
}

function changed(path: string, what: string): PinspiderError {
  return new PinspiderError({
    code: 'SINK_CHANGED',
    where: path,
    what: `${what} since the crawl was interrupted`,
    mend: 'put it back as it was, or start the crawl over with --fresh',
  });
}

/** A new file's name is in its directory, which has to be forced to disk as well. */
async function forceEntry(path: string): Promise<void> {
  const directory = await open(dirname(path));
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const READ_BYTES = 1024 * 1024;

async function crcOf(file: FileHandle, bytes: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, bytes));
  let crc = 0;
  for (let at = 0; at < bytes;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, bytes - at), at);
    if (bytesRead === 0) break;
    crc = crc32(buffer.subarray(0, bytesRead), crc);
    at += bytesRead;
  }
  return crc;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function bytesOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

/** The chunks without their first `bytes`. */
function after(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const rest: Uint8Array[] = [];
  let skip = bytes;
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}
