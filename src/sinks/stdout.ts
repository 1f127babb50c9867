import type { Writable } from 'node:stream';
import { GroupCommit } from './group-commit.ts';
import type { Sink } from './types.ts';
import { unwritable } from './unwritable.ts';

const LINE_FEED = Buffer.from('\n');

/** One record a line to a stream, which stays open: it belongs to the caller. A reader that goes away is an error like a full disk. */
export function openStdout(stream: Writable): Sink {
  const commit = new GroupCommit((chunks) => write(stream, chunks));
  // Without a listener a broken pipe would end the process; the failed write itself rejects the flush.
  const ignore = (): void => undefined;
  stream.on('error', ignore);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await commit.flush();
    stream.off('error', ignore);
  };
  return {
    name: 'stdout',
    write: ({ json }) => commit.append(json, LINE_FEED),
    flush: () => commit.flush(),
    positions: () => [],
    close: () => (closing ??= close()),
    files: () => [],
  };
}

async function write(stream: Writable, chunks: readonly Uint8Array[]): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      stream.write(Buffer.concat(chunks), (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  } catch (error) {
    throw unwritable('stdout', error);
  }
}
