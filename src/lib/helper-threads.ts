import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

const THREADS = '/proc/self/task';

// A tenth of the processor time that the main thread gets where both want it (Linux, sched(7)).
const NICER = 10;
const NICEST = 19;

/**
 * Threads that this process has beside its main one let that one go first: they are V8's compilers and collectors, which on few cores took a third of its
 * time away while code was getting warm. Threads that are made later are not changed. On Linux alone, where a thread has
 * a priority of its own; elsewhere nothing happens.
 */
export function letMainThreadGoFirst(): void {
  let threads: number[];
  try {
    threads = readdirSync(THREADS).map(Number);
  } catch {
    return;
  }
  // Numbers of another namespace would be those of other processes.
  if (!threads.includes(process.pid)) return;
  const nice = Math.min(getPriority() + NICER, NICEST);
  for (const thread of threads) {
    if (thread === process.pid) continue;
    try {
      setPriority(thread, nice);
    } catch {
      // it has ended, or the system does not let us: it stays as it is
    }
  }
}
