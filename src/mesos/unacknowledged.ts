import type { ExecutorCallSubscribe, ExecutorEvent, TaskInfo, TaskStatus } from './messages.generated.ts';

/**
 * What an executor must remember until the agent has it: updates until each is acknowledged, tasks until the first
 * update of each is. Both travel in SUBSCRIBE, so that an agent that restarted learns what it missed.
 */
export class Unacknowledged {
  readonly #tasks = new Map<string, TaskInfo>();
  readonly #updates = new Map<string, TaskStatus>();

  /** Updates, oldest first. */
  get updates(): readonly TaskStatus[] {
    return [...this.#updates.values()];
  }

  get size(): number {
    return this.#updates.size;
  }

  add(status: TaskStatus): void {
    this.#updates.set(uuidOf(status.uuid), status);
  }

  /** For an update that the agent refuses: sent again it would make every SUBSCRIBE fail. */
  forget(status: TaskStatus): void {
    this.#updates.delete(uuidOf(status.uuid));
  }

  /** Learns from an event: tasks from LAUNCH and LAUNCH_GROUP, what is settled from ACKNOWLEDGED. */
  learn(event: ExecutorEvent): void {
    const launched = [event.launch?.task, ...(event.launch_group?.task_group.tasks ?? [])];
    for (const task of launched) if (task) this.#tasks.set(task.task_id.value, task);
    if (!event.acknowledged) return;
    this.#updates.delete(uuidOf(event.acknowledged.uuid));
    this.#tasks.delete(event.acknowledged.task_id.value);
  }

  subscribe(): ExecutorCallSubscribe {
    return {
      unacknowledged_tasks: [...this.#tasks.values()],
      unacknowledged_updates: this.updates.map((status) => ({ status })),
    };
  }
}

function uuidOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
