import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Editors write in several steps: truncate, write, rename.
const QUIET_MS = 80;

/**
 * Yields the file after each change of one of these; of changes in quick succession the last. Ends when `signal` aborts.
 * Files by absolute path. Watches from the call on, so that no change is lost between two reads. Folders are watched, not files: many editors put a
 * new file in the old one's place.
 */
export function watchFiles(files: readonly string[], signal: AbortSignal): AsyncIterable<string> {
  const folders = new Set(files.map((file) => dirname(file)));
  let changed: string | undefined;
  let wake: () => void = () => undefined;
  const watchers = [...folders].map((folder) =>
    watch(folder, (_, name) => {
      // Some systems do not say which file it was.
      const file = name === null ? folder : join(folder, name);
      if (name !== null && !files.includes(file)) return;
      changed = file;
      wake();
    }),
  );
  const stop = (): void => wake();
  signal.addEventListener('abort', stop, { once: true });

  async function* changes(): AsyncGenerator<string> {
    try {
      for (;;) {
        if (signal.aborted) return;
        let last: string | undefined;
        while (changed !== undefined) {
          last = changed;
          changed = undefined;
          await sleep(QUIET_MS);
        }
        if (last !== undefined) yield last;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', stop);
      for (const watcher of watchers) watcher.close();
    }
  }
  return changes();
}
