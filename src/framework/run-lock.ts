import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PinspiderError } from '../lib/errors.ts';
import { makeDirectory } from '../lib/make-directory.ts';

/**
 * Takes the lock of a job's state directory: two runs of one job would write into the same files.
 *
 * A lock whose process is gone (killed, machine restarted) is taken over.
 *
 * @throws {PinspiderError} RUN_LOCKED when another run holds it, STATE_UNWRITABLE when the directory cannot be written
 */
export async function lockRun(directory: string, pid: number): Promise<AsyncDisposable> {
  const file = join(directory, 'lock');
  try {
    await makeDirectory(directory);
    for (;;) {
      try {
        const handle = await open(file, 'wx');
        await handle.writeFile(`${pid}\n`);
        await handle.close();
        break;
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
        await removeStale(file);
      }
    }
  } catch (error) {
    if (error instanceof PinspiderError) throw error;
    throw new PinspiderError({
      code: 'STATE_UNWRITABLE',
      where: directory,
      what: `the state of the run cannot be written (${messageOf(error)})`,
      mend: 'choose another folder with --state DIR',
      cause: error,
    });
  }
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

async function removeStale(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return ''; // its run ended just now
    throw error;
  });
  const holder = Number.parseInt(text, 10);
  if (holder > 0 && (await isAlive(holder))) {
    throw new PinspiderError({
      code: 'RUN_LOCKED',
      where: file,
      what: `this job is being run by process ${holder}`,
      mend: 'wait for it, end it, or run with another --state DIR and --out DIR',
    });
  }
  await rm(file, { force: true });
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  // A process that has ended and that nobody collects, as in containers without an init, still takes signals.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
