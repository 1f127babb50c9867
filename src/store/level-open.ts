import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { PinspiderError } from '../lib/errors.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import { damaged, openFault, writeFault } from './faults.ts';

export type Level = ClassicLevel<Buffer, Buffer>;

/** Changes gather in memory up to here before they become a table; a longer buffer makes fewer merges, and a longer log to read at start. */
export const WRITE_BUFFER = 16 << 20;

// Open tables are mapped into memory, and what is read of them counts as ours: 64 of 2 MiB bound that.
const OPEN_FILES_MAX = 74;
const TABLE_BYTES = 2 << 20;
const CACHE_BYTES = 8 << 20;

/** Number of the layout: of the store's own keys and of the keys and values of those who use it. Raised with each change that old code misreads. */
const FORMAT = 'pinspider state 3';
const FORMAT_FILE = 'FORMAT';

/**
 * Whether `directory` holds no store yet; it is made when it is not there. A store whose making was interrupted is none.
 *
 * @throws {PinspiderError} STATE_DAMAGED, STATE_VERSION, STATE_UNWRITABLE
 */
export async function isWithoutStore(directory: string): Promise<boolean> {
  let files: string[];
  let format: string | undefined;
  try {
    await makeDirectory(directory);
    files = await readdir(directory);
    format = files.includes(FORMAT_FILE) ? (await readFile(join(directory, FORMAT_FILE), 'utf8')).trim() : undefined;
  } catch (error) {
    throw writeFault(directory, error);
  }
  const isTable = (file: string): boolean => /\.(ldb|sst|log)$/.test(file);
  // LevelDB would make a new store where CURRENT is missing, and delete all other files.
  if (!files.includes('CURRENT') && (format !== undefined || files.some(isTable))) {
    throw damaged(directory, 'the file CURRENT is missing');
  }
  if (format !== undefined && format !== FORMAT) {
    throw new PinspiderError({
      code: 'STATE_VERSION',
      where: directory,
      what: `the stored state is of another version (${JSON.stringify(format.slice(0, 40))}, not ${JSON.stringify(FORMAT)})`,
      mend: 'finish the crawl with the version that began it, or start anew with --fresh',
    });
  }
  return format === undefined;
}

/** Marks the store in `directory` as made. */
export async function writeFormat(directory: string): Promise<void> {
  const file = join(directory, FORMAT_FILE);
  try {
    await writeFile(`${file}.new`, `${FORMAT}\n`, { flush: true });
    await rename(`${file}.new`, file);
  } catch (error) {
    throw writeFault(directory, error);
  }
}

export async function openLevel(directory: string, isNew: boolean): Promise<Level> {
  const level: Level = new ClassicLevel(directory, {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
    createIfMissing: isNew,
    writeBufferSize: WRITE_BUFFER,
    maxOpenFiles: OPEN_FILES_MAX,
    maxFileSize: TABLE_BYTES,
    cacheSize: CACHE_BYTES,
  });
  try {
    await level.open();
  } catch (error) {
    throw openFault(directory, error);
  }
  return level;
}
