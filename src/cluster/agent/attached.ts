import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, ContainerEvents } from './container.ts';
import { killTree, signalGroup } from './process-tree.ts';

const LOOK_MS = 100;
const UNKNOWN = -1;

/** A process that an earlier process of the agent had started: nobody is told how it ends, so it is looked for. */
export class Attached implements Container {
  readonly pid: number | undefined;
  readonly ended: Promise<void>;
  #status = UNKNOWN;

  constructor(pid: number | undefined, events: ContainerEvents) {
    this.pid = pid;
    this.ended = this.#watch(events);
  }

  terminate(): void {
    if (this.pid !== undefined) signalGroup(this.pid, 'SIGTERM');
  }

  kill(): void {
    if (this.pid === undefined) return;
    this.#status = constants.signals.SIGKILL;
    killTree(this.pid);
  }

  async #watch(events: ContainerEvents): Promise<void> {
    await Promise.resolve(); // nothing is told before the caller has the container
    while (this.pid !== undefined && leadsItsGroup(this.pid)) await sleep(LOOK_MS);
    events.exited(this.#status);
  }
}

/** Executors lead a session and a group of their own; a stranger that has got the number since hardly does. */
function leadsItsGroup(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state !== 'Z' && Number(group) === pid;
  } catch {
    return isThere(pid); // no /proc on this system, or the process has ended
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux';
  } catch {
    return false;
  }
}
