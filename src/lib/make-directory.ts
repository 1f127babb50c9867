import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it; one that is there already is fine. Rejects with the system's error.
 *
 * `mkdir` with `recursive` does the same but never ends where a file system answers ENOENT below a directory that exists, as
 * /proc does.
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) {
      await assertDirectory(path);
      return;
    }
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await mkdir(path).catch((again: unknown) => {
      // Somebody else may have made it meanwhile.
      if (!hasCode(again, 'EEXIST')) throw again;
    });
  }
}

/** Rejects with ENOTDIR when something else stands there. */
async function assertDirectory(path: string): Promise<void> {
  await mkdir(`${path}/.`).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
