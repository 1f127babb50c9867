import type { AgentInfo } from '../../mesos/messages.generated.ts';
import { allocatedTo, type Resources, resourcesOf } from '../resources.ts';
import { isTerminal } from '../task-states.ts';
import type { AgentLink, Registration } from '../links.ts';
import { addFramework, awaitFailover } from './frameworks.ts';
import { type Agent, type Executor, masterUpdate, type MasterState, sendTo, type Task } from './state.ts';
import { aboutTask } from './tasks.ts';

/** An agent registers: for the first time, after it was away, or with a master that has just started. */
export function registerAgent(master: MasterState, registration: Registration, link: AgentLink): void {
  const { id, info } = registration;
  const known = master.agents.get(id);
  const wasUnreachable = master.unreachableAgents.delete(id);
  master.awaitedAgents.delete(id);
  const agent: Agent = known ?? newAgent(registration, link);
  agent.stopTimeout();
  agent.link = link;
  agent.connected = true;
  if (known) {
    forgetExecutors(master, known, registration);
    master.allocator.setAgentActive(id, true);
  } else {
    master.agents.set(id, agent);
    master.allocator.addAgent(id, totalOf(info));
    adopt(master, agent, registration, wasUnreachable);
  }
  for (const { frameworkId, taskId, policy } of agent.kills.splice(0)) link.kill(frameworkId, taskId, policy);
  // Told anew who the frameworks are, the agent sends what waits for them a second time, as a real one does.
  for (const one of registration.frameworks) {
    const framework = master.frameworks.get(one.id);
    if (framework?.stream) link.frameworkUpdated(framework.id, framework.info);
  }
  master.log(`agent ${id} registered`);
  master.requestOffers(known ? 'cycle' : 'now'); // one that was only disconnected is offered with the next cycle
}

/** An executor's process ended: its resources are free, the framework gets a hint. */
export function executorExited(
  master: MasterState,
  agentId: string,
  frameworkId: string,
  executorId: string,
  status: number,
): void {
  const executors = master.agents.get(agentId)?.executors.get(frameworkId);
  const executor = executors?.get(executorId);
  if (!executors || !executor) return; // its framework is gone, or it was a command task's
  executors.delete(executorId);
  master.allocator.recover(frameworkId, executor.role, agentId, executor.resources);
  sendTo(master.frameworks.get(frameworkId), {
    type: 'FAILURE',
    failure: { agent_id: { value: agentId }, executor_id: { value: executorId }, status },
  });
  master.requestOffers('cycle');
}

/** Takes over what runs on an agent that this master did not know, or not any more. */
function adopt(master: MasterState, agent: Agent, registration: Registration, wasUnreachable: boolean): void {
  for (const { id, info } of registration.frameworks) {
    if (master.completed.includes(id)) agent.link.shutdownFramework(id);
    else if (!master.frameworks.has(id)) awaitFailover(master, addFramework(master, id, info));
  }
  for (const { frameworkId, info } of registration.executors) {
    if (!master.frameworks.has(frameworkId)) continue;
    const role = info.resources?.[0]?.allocation_info?.role ?? '*';
    const resources = allocatedTo(resourcesOf(info.resources), undefined);
    const all = agent.executors.get(frameworkId) ?? new Map<string, Executor>();
    agent.executors.set(frameworkId, all.set(info.executor_id.value, { info, role, resources }));
    master.allocator.take(frameworkId, role, agent.id, resources);
  }
  for (const { frameworkId, info, state, status } of registration.tasks) {
    const framework = master.frameworks.get(frameworkId);
    if (!framework) continue;
    const taskId = info.task_id.value;
    const task: Task = {
      info,
      frameworkId,
      agentId: agent.id,
      executorId: info.executor?.executor_id.value ?? taskId,
      role: info.resources?.[0]?.allocation_info?.role ?? '*',
      resources: allocatedTo(resourcesOf(info.resources), undefined),
      state,
      forwarded: status,
    };
    framework.tasks.set(taskId, task);
    if (!isTerminal(state)) master.allocator.take(frameworkId, task.role, agent.id, task.resources);
    if (!framework.unreachable.delete(taskId) || !wasUnreachable) continue;
    sendTo(
      framework,
      masterUpdate(master, {
        ...aboutTask(task),
        state,
        reason: 'REASON_AGENT_REREGISTERED',
        message: 'Unreachable agent re-reregistered', // sic
        containerStatus: status?.container_status,
      }),
    );
  }
}

/** An executor that ended while its agent was away was never reported: the agent does not name it any more. */
function forgetExecutors(master: MasterState, agent: Agent, { executors: alive }: Registration): void {
  for (const [frameworkId, executors] of agent.executors) {
    for (const [executorId, { role, resources }] of executors) {
      if (alive.some((e) => e.frameworkId === frameworkId && e.info.executor_id.value === executorId)) continue;
      executors.delete(executorId);
      master.allocator.recover(frameworkId, role, agent.id, resources);
    }
  }
}

/** Ports come first in a real master's offers and messages. */
function totalOf({ resources = [] }: AgentInfo): Resources {
  return resourcesOf([...resources].sort((a, b) => Number(b.type === 'RANGES') - Number(a.type === 'RANGES')));
}

function newAgent({ id, info, attributes, port }: Registration, link: AgentLink): Agent {
  return {
    id,
    info,
    attributes,
    port,
    link,
    connected: true,
    stopTimeout: () => undefined,
    executors: new Map(),
    kills: [],
  };
}
