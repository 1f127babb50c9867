import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '../lib/make-directory.ts';
import { GroupCommit } from './group-commit.ts';
import { unwritable } from './unwritable.ts';

const { O_APPEND, O_CREAT, O_RDWR, O_TRUNC, O_WRONLY } = constants;

/** Appends whole records to one file. */
export class FileAppender {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #commit: GroupCommit;
  /** Devices and pipes have no end to cut back to. */
  readonly #regular: boolean;
  #size: number;
  #closing: Promise<void> | undefined;

  /**
   * Opens the file now, whether or not a record comes: a path that cannot be written is found before the crawl, and scripts find
   * a file for every extractor. Missing directories are made.
   *
   * @throws {PinspiderError} SINK_UNWRITABLE
   */
  static async open(path: string, append: boolean): Promise<FileAppender> {
    try {
      await makeDirectory(dirname(path));
      // Reading is for what an unfinished run left.
      const file = await open(path, append ? O_RDWR | O_CREAT | O_APPEND : O_WRONLY | O_CREAT | O_APPEND | O_TRUNC);
      const stat = await file.stat();
      return new FileAppender(path, file, stat.isFile(), stat.size);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  private constructor(path: string, file: FileHandle, regular: boolean, size: number) {
    this.path = path;
    this.#file = file;
    this.#regular = regular;
    this.#size = size;
    this.#commit = new GroupCommit((chunks) => this.#write(chunks));
  }

  /** Nothing was in it when it was opened. */
  get isNew(): boolean {
    return this.#size === 0;
  }

  /** Adds one record, given in parts; what is missing at the end of the file is the caller's to add. */
  append(...parts: readonly Uint8Array[]): void {
    this.#commit.append(...parts);
  }

  flush(): Promise<void> {
    return this.#commit.flush();
  }

  /** `length` bytes from `start`; fewer at the end of the file. For files opened to append. */
  async read(start: number, length: number): Promise<Buffer> {
    try {
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** The last byte that was in the file when it was opened. */
  async lastByte(): Promise<number | undefined> {
    return this.isNew ? undefined : (await this.read(this.#size - 1, 1))[0];
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
