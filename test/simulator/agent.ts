import type { Answer } from '../../src/feed/messages.generated.ts';
import type { TaskState, TaskStatus, TaskStatusReason } from '../../src/mesos/messages.generated.ts';
import type { AgentPlan } from './plan.ts';
import { addTo, type Bag, covers } from './resources.ts';
import { Session, type SessionEnd } from './session.ts';
import { Wire } from './timeline.ts';
import { must } from './violation.ts';
import type { World } from './world.ts';

/** What a task is, for master and agent. */
export interface SimTask {
  readonly id: string;
  readonly executorId: string;
  readonly resources: Bag;
  readonly executorResources: Bag;
  readonly first: Answer;
}

interface AgentTask extends SimTask {
  state: TaskState;
  /** Not acknowledged, oldest first; one is under way at a time. */
  readonly updates: TaskStatus[];
  resends: number;
}

interface Executor {
  readonly id: string;
  readonly resources: Bag;
  state: 'starting' | 'running' | 'terminating';
  session: Session | undefined;
  hadTask: boolean;
  idleSince: number;
}

export const isTerminal = (state: TaskState): boolean =>
  ['TASK_FINISHED', 'TASK_FAILED', 'TASK_KILLED', 'TASK_DROPPED', 'TASK_GONE', 'TASK_LOST', 'TASK_ERROR'].includes(
    state,
  );

const RESEND_FIRST_MS = 10_000;
const RESEND_MAX_MS = 40_000;
const LEAVE_AFTER_MS = 15_000;
const GRACE_MS = 3_000;

/** An agent and its executors. What it keeps outlives its process, as with checkpointing. */
export class SimAgent {
  readonly id: string;
  readonly plan: AgentPlan;
  readonly total: Bag;
  readonly tasks = new Map<string, AgentTask>();
  readonly executors = new Map<string, Executor>();
  /** Its machine is there. */
  alive = true;
  /** The connection to the master works. */
  linked = true;
  /** The next executor that starts will not. */
  cannotStart = false;
  readonly #world: World;
  readonly #toMaster: Wire;

  constructor(world: World, id: string, plan: AgentPlan) {
    this.#world = world;
    this.id = id;
    this.plan = plan;
    const reserved = Math.min(plan.reservedMilli, plan.cpusMilli);
    this.total = new Map([
      ['cpus', plan.cpusMilli - reserved],
      ['mem', plan.memMilli],
      [`cpus/${world.plan.roles[0] ?? '*'}`, reserved],
    ]);
    this.#toMaster = new Wire(world.timeline, () => world.latency());
  }

  /** The connection breaks, both ways. */
  unlink(): void {
    this.linked = false;
    this.#toMaster.cut();
    this.#world.master.linkOf(this.id)?.cut();
  }

  relink(): void {
    if (!this.alive) return;
    this.linked = true;
    this.register();
  }

  /** Tells a master all it has, then what it could not tell before. */
  register(): void {
    this.#send(() => {
      this.#world.master.register(this);
    });
    for (const task of this.tasks.values()) this.#forward(task);
  }

  /** The machine is gone, with all that runs on it. */
  die(): void {
    this.unlink();
    this.alive = false;
    for (const executor of this.executors.values()) executor.session?.stop();
    this.executors.clear();
    this.tasks.clear();
  }

  launch(sim: SimTask, isNew: boolean): void {
    const { timeline } = this.#world;
    const task: AgentTask = { ...sim, state: 'TASK_STAGING', updates: [], resends: 0 };
    this.tasks.set(task.id, task);
    const known = this.executors.get(task.executorId);
    if (isNew === (known !== undefined) || known?.state === 'terminating') {
      return this.#update(task, 'TASK_DROPPED', 'SOURCE_AGENT', 'REASON_EXECUTOR_TERMINATED');
    }
    const executor: Executor = known ?? {
      id: task.executorId,
      resources: task.executorResources,
      state: 'starting',
      session: undefined,
      hadTask: false,
      idleSince: timeline.now,
    };
    this.executors.set(executor.id, executor);
    must(covers(this.total, this.used()), 'resources', () => `agent ${this.id} is overdrawn by task ${task.id}`);
    if (known?.state === 'running') this.#begin(executor, task);
    if (!known) timeline.after(this.#world.random.int(50, 1500), () => this.#started(executor));
  }

  /** What executors and tasks that are not over take. */
  used(): Bag {
    const used: Bag = new Map();
    for (const { resources } of this.executors.values()) addTo(used, resources);
    for (const task of this.tasks.values()) if (!isTerminal(task.state)) addTo(used, task.resources);
    return used;
  }

  kill(taskId: string): void {
    const task = this.tasks.get(taskId);
    const executor = task && this.executors.get(task.executorId);
    if (!task || isTerminal(task.state)) return;
    if (!executor || executor.state === 'starting') {
      this.#update(task, 'TASK_KILLED', 'SOURCE_AGENT', 'REASON_TASK_KILLED_DURING_LAUNCH');
      // An executor that never got a task, and now will not.
      if (executor && !executor.hadTask) this.shutdown(executor.id);
      return;
    }
    if (executor.session?.taskId !== taskId) return;
    executor.session.stop();
    this.#taskEnded(executor, task, 'TASK_KILLED');
  }

  shutdown(executorId: string): void {
    const executor = this.executors.get(executorId);
    if (!executor || executor.state === 'terminating') return;
    executor.state = 'terminating';
    this.#world.timeline.after(this.#world.random.int(1, GRACE_MS), () => this.exit(executorId));
  }

  /** The process ends, whatever it did. */
  exit(executorId: string): void {
    const executor = this.executors.get(executorId);
    if (!executor) return;
    executor.session?.stop();
    this.executors.delete(executorId);
    const tell = (): void => this.#send(() => this.#world.master.executorExited(this.id, executorId));
    // FAILURE and updates come in any order.
    const early = this.#world.random.chance(0.7);
    if (early) tell();
    this.#endTasksOf(executorId, 'TASK_FAILED', 'REASON_EXECUTOR_TERMINATED');
    if (!early) tell();
  }

  /** The framework is there again: what it did not acknowledge is told once more. */
  resend(taskId: string): void {
    const task = this.tasks.get(taskId);
    if (task) this.#forward(task);
  }

  /** All of the framework ends, and nothing of it is told any more. */
  shutDownFramework(): void {
    for (const executor of this.executors.values()) executor.session?.stop();
    this.executors.clear();
    this.tasks.clear();
  }

  acknowledge(taskId: string, uuid: Uint8Array): void {
    const task = this.tasks.get(taskId);
    const [head] = task?.updates ?? [];
    if (!task || head?.uuid?.join() !== uuid.join()) return;
    task.updates.shift();
    task.resends = 0;
    if (isTerminal(head.state)) this.tasks.delete(taskId);
    else this.#forward(task);
  }

  #started(executor: Executor): void {
    if (this.executors.get(executor.id) !== executor || executor.state !== 'starting') return;
    if (this.cannotStart) {
      this.cannotStart = false;
      this.executors.delete(executor.id);
      this.#endTasksOf(executor.id, 'TASK_FAILED', 'REASON_CONTAINER_LAUNCH_FAILED');
      return this.#send(() => this.#world.master.executorExited(this.id, executor.id));
    }
    executor.state = 'running';
    for (const task of this.tasks.values()) {
      if (task.executorId === executor.id && !isTerminal(task.state)) this.#begin(executor, task);
    }
    this.#leaveWhenIdle(executor);
  }

  #begin(executor: Executor, task: AgentTask): void {
    must(
      executor.session === undefined,
      'one task a worker',
      () => `${task.id} comes to the busy executor ${executor.id}`,
    );
    executor.hadTask = true;
    executor.session = new Session(this.#world, task.id, task.first, (end) => {
      this.#taskEnded(executor, task, end);
    });
    this.#update(task, 'TASK_RUNNING', 'SOURCE_EXECUTOR');
  }

  #taskEnded(executor: Executor, task: AgentTask, end: SessionEnd): void {
    executor.session = undefined;
    executor.idleSince = this.#world.timeline.now;
    this.#update(task, end, 'SOURCE_EXECUTOR');
    this.#leaveWhenIdle(executor);
  }

  #leaveWhenIdle(executor: Executor): void {
    const since = executor.idleSince;
    this.#world.timeline.after(LEAVE_AFTER_MS, () => {
      if (executor.session === undefined && executor.idleSince === since) this.exit(executor.id);
    });
  }

  #endTasksOf(executorId: string, state: TaskState, reason: TaskStatusReason): void {
    for (const task of this.tasks.values()) {
      if (task.executorId === executorId && !isTerminal(task.state)) this.#update(task, state, 'SOURCE_AGENT', reason);
    }
  }

  #update(
    task: AgentTask,
    state: TaskState,
    source: 'SOURCE_AGENT' | 'SOURCE_EXECUTOR',
    reason?: TaskStatusReason,
  ): void {
    task.state = state;
    task.updates.push({
      task_id: { value: task.id },
      state,
      source,
      ...(reason && { reason }),
      agent_id: { value: this.id },
      executor_id: { value: task.executorId },
      uuid: this.#world.uuid(),
    });
    if (task.updates.length === 1) this.#forward(task);
  }

  /** Sends the oldest update that is not acknowledged, and again, until it is. */
  #forward(task: AgentTask): void {
    const [head] = task.updates;
    if (!head) return;
    const send = (): void =>
      this.#send(() => this.#world.master.update(this.id, task.id, head, isTerminal(task.state)));
    send();
    if (this.#world.noisy()) send();
    const { resends } = task;
    const wait = Math.min(RESEND_MAX_MS, RESEND_FIRST_MS * 2 ** task.resends);
    this.#world.timeline.after(wait, () => {
      if (this.tasks.get(task.id) !== task || task.updates[0] !== head || task.resends !== resends) return;
      task.resends++;
      this.#forward(task);
    });
  }

  #send(arrive: () => void): void {
    if (this.linked && this.#world.master.up) this.#toMaster.send(arrive);
  }
}
