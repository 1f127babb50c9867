import type {
  ExecutorCallSubscribe,
  ExecutorEvent,
  FrameworkInfo,
  KillPolicy,
  TaskStatus,
} from '../../mesos/messages.generated.ts';
import type { AgentLink, EventSink, Launch, Registration } from '../links.ts';
import { type Attach, type Kept, keptOf, restore } from './checkpoint.ts';
import { endCommand } from './command-task.ts';
import { executorStreamClosed, shutdownExecutor, subscribeExecutor } from './executors.ts';
import { launch } from './launch.ts';
import { comeBack, goDown, registrationOf } from './recovery.ts';
import {
  agentStatus,
  type AgentState,
  forFramework,
  holderOf,
  type LocalExecutor,
  type LocalFramework,
} from './state.ts';
import { acknowledged, executorUpdate, resumeUpdates, sendUpdate } from './updates.ts';

export type AgentDeps = Omit<AgentState, 'frameworks' | 'streams' | 'phase'>;

/** The agent's decisions, without sockets or processes: the master's messages and executors' calls in, events and updates out. */
export class Agent implements AgentLink {
  readonly #state: AgentState;

  constructor(deps: AgentDeps) {
    this.#state = { ...deps, frameworks: new Map(), streams: new Map(), phase: 'RUNNING' };
  }

  get state(): AgentState {
    return this.#state;
  }

  launch(message: Launch): void {
    launch(this.#state, message);
    this.#state.checkpoint();
  }

  /** KILL: before delivery the agent answers itself; a running executor is told. */
  kill(frameworkId: string, taskId: string, policy?: KillPolicy): void {
    const framework = this.#state.frameworks.get(frameworkId);
    const executor = holderOf(framework, taskId);
    if (!framework) return;
    if (!executor) {
      const doom = forFramework(framework, {
        state: 'TASK_DROPPED',
        reason: 'REASON_EXECUTOR_TERMINATED',
        message: 'Unable to find executor',
      });
      sendUpdate(this.#state, framework, agentStatus(this.#state, taskId, taskId, doom));
      return;
    }
    if (executor.queued.has(taskId)) {
      const doom = {
        state: 'TASK_KILLED',
        reason: 'REASON_TASK_KILLED_DURING_LAUNCH',
        message: 'Killed before delivery to the executor',
      } as const;
      sendUpdate(this.#state, framework, agentStatus(this.#state, executor.id, taskId, doom));
    } else if (executor.isCommand) endCommand(this.#state, executor, policy);
    else if (executor.state === 'RUNNING') {
      executor.sink?.send({
        type: 'KILL',
        kill: { task_id: { value: taskId }, ...(policy && { kill_policy: policy }) },
      });
    }
  }

  shutdownExecutor(frameworkId: string, executorId: string): void {
    const executor = this.#state.frameworks.get(frameworkId)?.executors.get(executorId);
    if (executor) shutdownExecutor(this.#state, executor);
  }

  shutdownFramework(frameworkId: string): void {
    const framework = this.#state.frameworks.get(frameworkId);
    if (!framework) return;
    framework.isTerminating = true;
    for (const executor of framework.executors.values()) shutdownExecutor(this.#state, executor);
    this.#state.checkpoint();
  }

  /** What must outlive this process. */
  get kept(): Kept {
    return keptOf(this.#state);
  }

  /** Takes over from an earlier process; {@link comeBack} is next. */
  restore(kept: Kept, attach: Attach): void {
    this.#state.phase = 'DOWN';
    restore(this.#state, kept, attach);
  }

  /** The agent leaves for good: executors are asked to end, and what they still say goes nowhere. */
  leave(): void {
    for (const id of [...this.#state.frameworks.keys()]) this.shutdownFramework(id);
  }

  acknowledge(frameworkId: string, taskId: string, uuid: Uint8Array): void {
    acknowledged(this.#state, frameworkId, taskId, uuid);
  }

  message(frameworkId: string, executorId: string, data: Uint8Array): void {
    const executor = this.#state.frameworks.get(frameworkId)?.executors.get(executorId);
    if (executor?.state === 'RUNNING') executor.sink?.send({ type: 'MESSAGE', message: { data } });
  }

  frameworkUpdated(frameworkId: string, info: FrameworkInfo): void {
    const framework = this.#state.frameworks.get(frameworkId);
    if (framework) framework.info = info;
    resumeUpdates(this.#state, frameworkId);
  }

  framework(id: string): LocalFramework | undefined {
    return this.#state.frameworks.get(id);
  }

  subscribe(
    framework: LocalFramework,
    executor: LocalExecutor,
    call: ExecutorCallSubscribe,
    sink: EventSink<ExecutorEvent>,
  ): void {
    subscribeExecutor(this.#state, framework, executor, call, sink);
  }

  streamClosed(executor: LocalExecutor, sink: EventSink<ExecutorEvent>): void {
    executorStreamClosed(executor, sink);
  }

  update(framework: LocalFramework, status: TaskStatus): void {
    executorUpdate(this.#state, framework, status);
  }

  messageFrom(executor: LocalExecutor, data: Uint8Array): void {
    if (this.#state.phase === 'RUNNING')
      this.#state.master.message(this.#state.id, executor.frameworkId, executor.id, data);
  }

  /** Custom executors and command tasks whose process has not ended. */
  runningExecutors(): { frameworkId: string; executorId: string; pid: number | undefined }[] {
    return [...this.#state.frameworks.values()].flatMap(({ id, executors }) =>
      [...executors.values()]
        .filter((executor) => executor.state !== 'TERMINATED')
        .map((executor) => ({ frameworkId: id, executorId: executor.id, pid: executor.container?.pid })),
    );
  }

  registration(): Registration {
    return registrationOf(this.#state);
  }

  /** Plays the death of the agent's process: streams are cut, nothing is answered; executors live on. */
  goDown(): void {
    goDown(this.#state);
  }

  /** Plays its start on the same work directory. `ready` is called when it may register with the master. */
  comeBack(ready: () => void): void {
    comeBack(this.#state, ready);
  }

  /** The master came back or took the registration: sends everything that waits. */
  resume(): void {
    resumeUpdates(this.#state);
  }

  /** Stops all timers of updates. */
  stop(): void {
    for (const stream of this.#state.streams.values()) stream.stop();
  }
}
