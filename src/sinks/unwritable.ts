import { messageOf, PinspiderError } from '../lib/errors.ts';

/** What the system's error codes mean to the user, and what helps. */
const KNOWN: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  EACCES: ['no permission to write', 'make it writable for this user, or choose another place with --out'],
  EPERM: ['not permitted to write', 'make it writable for this user, or choose another place with --out'],
  EROFS: ['the file system is read-only', 'choose another place with --out'],
  ENOSPC: ['no space left on the device', 'free some, then run the same command again'],
  EDQUOT: ['the disk quota is used up', 'free some space, then run the same command again'],
  EFBIG: ['the file has become too large for its file system', 'choose another place with --out'],
  EISDIR: ['this is a directory', 'name a file in it'],
  ENOTDIR: ['a part of the path is a file, not a directory', 'remove that file, or choose another path'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter path'],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n), or write several extractors to one file'],
  ENXIO: ['no one reads this pipe', 'start its reader first'],
  EPIPE: ['the reader is gone', 'keep it reading until the end, or write to a file'],
  ERR_STREAM_DESTROYED: ['the reader is gone', 'keep it reading until the end, or write to a file'],
  EIO: ['the device failed to write', 'look for faults of the disk'],
};

/** The error of a sink, in the user's terms. */
export function unwritable(where: string, cause: unknown): PinspiderError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const known = KNOWN[code];
  if (known === undefined) return new PinspiderError({ code: 'SINK_UNWRITABLE', where, what: messageOf(cause), cause });
  const [what, mend] = known;
  return new PinspiderError({ code: 'SINK_UNWRITABLE', where, what: `${what} (${code})`, mend, cause });
}
