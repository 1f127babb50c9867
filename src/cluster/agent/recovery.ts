import { durationText } from '../duration-text.ts';
import type { KnownTask, Registration } from '../links.ts';
import { type AgentState, forFramework, type LocalExecutor, type LocalFramework } from './state.ts';
import { dropStreams, lastSent, resumeUpdates } from './updates.ts';

/** What the agent tells a master it registers with. */
export function registrationOf(agent: AgentState): Registration {
  const frameworks = [...agent.frameworks.values()].filter((framework) => !framework.isTerminating);
  return {
    id: agent.id,
    info: agent.info,
    attributes: agent.attributes,
    port: agent.port,
    frameworks: frameworks.map(({ id, info }) => ({ id, info })),
    tasks: frameworks.flatMap((framework) => tasksOf(agent, framework)),
    executors: frameworks.flatMap(({ id, executors }) =>
      [...executors.values()]
        .filter((executor) => executor.state !== 'TERMINATED' && !executor.isCommand)
        .map(({ info }) => ({ frameworkId: id, info })),
    ),
  };
}

/** The agent's process dies. What it had on disk (frameworks with checkpointing) survives, and so do all executors. */
export function goDown(agent: AgentState): void {
  agent.phase = 'DOWN';
  for (const stream of agent.streams.values()) stream.stop();
  for (const executor of executorsOf(agent)) {
    executor.stopTimer();
    executor.sink?.cut();
    executor.sink = undefined;
  }
}

/** The agent starts again: executors have a while to subscribe, then the silent ones are killed and the agent registers. */
export function comeBack(agent: AgentState, ready: () => void): void {
  agent.phase = 'RECOVERING';
  for (const framework of agent.frameworks.values()) if (!framework.info.checkpoint) abandon(agent, framework);
  for (const executor of executorsOf(agent))
    executor.isAwaited = executor.state !== 'TERMINATED' && !executor.isCommand;
  const isAnyAwaited = executorsOf(agent).some((executor) => executor.isAwaited);
  agent.clock.after(isAnyAwaited ? agent.reregistrationTimeoutMs : 0, () => {
    if (agent.phase !== 'RECOVERING') return;
    agent.phase = 'RUNNING';
    for (const framework of agent.frameworks.values()) {
      for (const executor of framework.executors.values()) if (executor.isAwaited) giveUp(agent, framework, executor);
    }
    ready();
    resumeUpdates(agent);
  });
}

function giveUp(agent: AgentState, framework: LocalFramework, executor: LocalExecutor): void {
  executor.doom = forFramework(framework, {
    state: 'TASK_GONE',
    reason: 'REASON_EXECUTOR_REREGISTRATION_TIMEOUT',
    message: `Executor did not reregister within ${durationText(agent.reregistrationTimeoutMs)}`,
  });
  executor.state = 'TERMINATING';
  executor.container?.kill();
}

/** Without checkpointing an agent knows nothing of its executors after a restart; they are orphans. */
function abandon(agent: AgentState, framework: LocalFramework): void {
  framework.isTerminating = true;
  for (const executor of framework.executors.values()) executor.container?.kill();
  dropStreams(agent, framework.id);
  agent.frameworks.delete(framework.id);
}

function executorsOf(agent: AgentState): LocalExecutor[] {
  return [...agent.frameworks.values()].flatMap(({ executors }) => [...executors.values()]);
}

function tasksOf(agent: AgentState, { id, executors }: LocalFramework): KnownTask[] {
  return [...executors.values()].flatMap(({ queued, tasks, ended }) => {
    const staged = [...queued.values()].map((info) => ({ info, state: 'TASK_STAGING' as const }));
    return [...staged, ...tasks.values(), ...ended.values()].map(({ info, state }) => {
      const status = lastSent(agent, id, info.task_id.value);
      return { frameworkId: id, info, state, ...(status && { status }) };
    });
  });
}
