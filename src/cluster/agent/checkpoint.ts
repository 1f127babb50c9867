import type { FrameworkInfo } from '../../mesos/messages.generated.ts';
import { commandEvents } from './command-task.ts';
import type { Container, ContainerEvents } from './container.ts';
import { executorEvents } from './executors.ts';
import type { AgentState, LocalExecutor } from './state.ts';
import type { KeptUpdates } from './update-stream.ts';
import { updateStream } from './updates.ts';

/** An executor less what lives in the agent's process only. */
type KeptExecutor = Omit<LocalExecutor, 'sink' | 'container' | 'stopTimer'> & { readonly pid: number | undefined };

/** What an agent knows of its executors, tasks and updates, in a form that can be written down. */
export interface Kept {
  readonly frameworks: readonly {
    readonly id: string;
    readonly info: FrameworkInfo;
    readonly executors: readonly KeptExecutor[];
  }[];
  readonly updates: readonly { readonly frameworkId: string; readonly taskId: string; readonly kept: KeptUpdates }[];
}

/** Finds a process again by what was written down of it; `exited` is called when it ends, or has ended. */
export type Attach = (pid: number | undefined, events: ContainerEvents) => Container;

export function keptOf(agent: AgentState): Kept {
  return {
    frameworks: [...agent.frameworks.values()]
      .filter(({ isTerminating }) => !isTerminating)
      .map(({ id, info, executors }) => ({
        id,
        info,
        executors: [...executors.values()].map(({ sink: _, container, stopTimer: __, ...rest }) => ({
          ...rest,
          pid: container?.pid,
        })),
      })),
    updates: [...agent.streams].map(([key, stream]) => {
      const [frameworkId = '', taskId = ''] = key.split('/');
      return { frameworkId, taskId, kept: stream.kept };
    }),
  };
}

/** Makes an agent that is down know what an earlier process of it knew. */
export function restore(agent: AgentState, { frameworks, updates }: Kept, attach: Attach): void {
  for (const { id, info, executors } of frameworks) {
    const framework = { id, info, executors: new Map<string, LocalExecutor>(), isTerminating: false };
    agent.frameworks.set(id, framework);
    for (const { pid, ...rest } of executors) {
      const executor: LocalExecutor = { ...rest, sink: undefined, container: undefined, stopTimer: () => undefined };
      framework.executors.set(executor.id, executor);
      if (executor.state === 'TERMINATED') continue;
      const eventsOf = executor.isCommand ? commandEvents : executorEvents;
      executor.container = attach(pid, eventsOf(agent, framework, executor));
    }
  }
  for (const { frameworkId, taskId, kept } of updates) {
    const framework = agent.frameworks.get(frameworkId);
    if (framework) agent.streams.set(`${frameworkId}/${taskId}`, updateStream(agent, framework, taskId, kept));
  }
}
