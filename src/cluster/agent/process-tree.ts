import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends a process that leads its group, its group, and all descendants that can still be found, sessions of their own
 * included. What has left the tree by a double fork lives on, as under Mesos's posix launcher.
 */
export function killTree(pid: number): void {
  const doomed = [pid, ...descendants(pid)];
  signalGroup(pid, 'SIGKILL');
  for (const one of doomed) signal(one, 'SIGKILL');
}

/** Sends a signal to the group that `pid` leads; a group that is gone is no fault. */
export function signalGroup(pid: number, name: NodeJS.Signals): void {
  signal(-pid, name);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // ESRCH: it has ended, which is what was wanted
  }
}

/** By /proc, where there is one; elsewhere the group must do. */
function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of processes()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found: number[] = [];
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const own = children.get(pid) ?? [];
    found.push(...own);
    queue.push(...own);
  }
  return found;
}

function processes(): { pid: number; parent: number }[] {
  const names = read(() => readdirSync('/proc')) ?? [];
  return names
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // "pid (command) state parent …"; the command may hold anything, so what follows its last bracket counts
      const stat = read(() => readFileSync(`/proc/${name}/stat`, 'latin1'));
      const parent = stat && /^\) \S (\d+) /.exec(stat.slice(stat.lastIndexOf(')')))?.[1];
      return parent ? [{ pid: Number(name), parent: Number(parent) }] : [];
    });
}

function read<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined; // processes end while we look, and other systems have no /proc
  }
}
