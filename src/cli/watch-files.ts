import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Editors write in several steps: truncate, write, rename.
const QUIET_MS = 80;

/**
 * Yields after each change of one of these files, changes in quick succession counted as one; ends when `signal` aborts.
 * Files by absolute path. Watches from the call on, so that no change is lost between two reads. Folders are watched, not files: many editors put a
 * new file in the old one's place.
 */
export function watchFiles(files: readonly string[], signal: AbortSignal): AsyncIterable<void> {
  const folders = new Set(files.map((file) => dirname(file)));
  let changed = false;
  let wake: () => void = () => undefined;
  const watchers = [...folders].map((folder) =>
    watch(folder, (_, name) => {
      // Some systems do not say which file it was.
      if (name !== null && !files.includes(join(folder, name))) return;
      changed = true;
      wake();
    }),
  );
  const stop = (): void => wake();
  signal.addEventListener('abort', stop, { once: true });

  async function* changes(): AsyncGenerator<void> {
    try {
      for (;;) {
        if (signal.aborted) return;
        if (!changed) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        while (changed) {
          changed = false;
          await sleep(QUIET_MS);
        }
        yield;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      for (const watcher of watchers) watcher.close();
    }
  }
  return changes();
}
