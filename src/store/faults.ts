import { messageOf, PinspiderError } from '../lib/errors.ts';

/** What is stored is not as it was written. */
export function damaged(directory: string, what: string, cause?: unknown): PinspiderError {
  return new PinspiderError({
    code: 'STATE_DAMAGED',
    where: directory,
    what: `the stored state of the crawl is damaged: ${what}`,
    mend: 'put it back from a copy, or start the crawl anew with --fresh',
    cause,
  });
}

/** The fault of a failed read. */
export function readFault(directory: string, error: unknown): PinspiderError {
  return damaged(directory, rootMessage(error), error);
}

/** The fault of a failed write: a full disk and the like, or damage that was found while tables were merged. */
export function writeFault(directory: string, error: unknown): PinspiderError {
  const message = rootMessage(error);
  if (DAMAGE.test(message)) return damaged(directory, message, error);
  return new PinspiderError({
    code: 'STATE_UNWRITABLE',
    where: directory,
    what: `the state of the crawl cannot be written (${message})`,
    mend: 'make room or mend the permissions, then run the same command: it goes on from the last commit',
    cause: error,
  });
}

/** The fault of a store that does not open. */
export function openFault(directory: string, error: unknown): PinspiderError {
  const cause = rootCause(error);
  if (hasCode(cause, 'LEVEL_LOCKED')) {
    return new PinspiderError({
      code: 'STATE_LOCKED',
      where: directory,
      what: 'the state of the crawl is in use by another process',
      mend: 'wait for it, end it, or choose another folder with --state DIR',
      cause: error,
    });
  }
  if (hasCode(cause, 'LEVEL_CORRUPTION')) return readFault(directory, error);
  return writeFault(directory, error);
}

// What LevelDB and the system say of tables that are short, garbled or gone.
const DAMAGE = /corrupt|bad |no such file|not an sstable|too short|truncated|missing/i;

function rootMessage(error: unknown): string {
  return messageOf(rootCause(error)).replace(/^(Corruption|IO error): /, '');
}

/** abstract-level wraps what the binding says. */
function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootCause(error.cause) : error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
