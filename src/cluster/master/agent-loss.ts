import type { TaskState, TaskStatusReason } from '../../mesos/messages.generated.ts';
import { isTerminal } from '../task-states.ts';
import { rescindInverseOffers } from './maintenance.ts';
import { rescindOffer } from './offers.ts';
import { type Agent, type Framework, hasCapability, masterUpdate, type MasterState, sendTo, tasksOn } from './state.ts';
import { aboutTask, moveTo } from './tasks.ts';

/** How an agent leaves the cluster: it missed its pings, said goodbye, or an operator gave it up. */
export type Departure = 'unreachable' | 'unregistered' | 'gone';

/** The connection to an agent broke. Frameworks without checkpointing lose their tasks on it at once. */
export function disconnectAgent(master: MasterState, agentId: string): void {
  const agent = master.agents.get(agentId);
  if (!agent?.connected) return;
  agent.connected = false;
  agent.stopTimeout = master.clock.after(master.agentTimeoutMs, () => loseAgent(master, agentId, 'unreachable'));
  master.allocator.setAgentActive(agentId, false);
  for (const offer of [...master.offers.values()]) if (offer.agentId === agentId) rescindOffer(master, offer);
  for (const framework of master.frameworks.values()) {
    if (framework.info.checkpoint) continue;
    for (const task of tasksOn(framework, agentId)) {
      moveTo(master, task, 'TASK_LOST');
      framework.tasks.delete(task.info.task_id.value);
      const message = `Agent ${agent.info.hostname} disconnected`;
      // TASK_LOST for partition-aware frameworks too (MESOS-7911).
      sendTo(
        framework,
        masterUpdate(master, { ...aboutTask(task), state: 'TASK_LOST', reason: 'REASON_AGENT_DISCONNECTED', message }),
      );
    }
    releaseExecutors(master, framework, agent);
    agent.executors.delete(framework.id);
  }
}

/**
 * An agent is no longer one of the cluster's; its tasks are lost, or unreachable until it comes back. Frameworks hear of
 * the tasks, of void offers, and last of the agent, whether they had anything there or not.
 */
export function loseAgent(master: MasterState, agentId: string, departure: Departure): void {
  const agent = master.agents.get(agentId);
  if (!agent) return;
  agent.stopTimeout();
  const unreachableAt = departure === 'unreachable' ? master.clock.now() : undefined;
  if (unreachableAt !== undefined) master.unreachableAgents.set(agentId, unreachableAt);
  if (departure === 'gone') master.goneAgents.add(agentId);
  master.agents.delete(agentId);
  for (const framework of master.frameworks.values()) {
    for (const task of tasksOn(framework, agentId)) {
      framework.tasks.delete(task.info.task_id.value);
      if (isTerminal(task.state)) continue;
      if (unreachableAt !== undefined) framework.unreachable.set(task.info.task_id.value, task);
      master.allocator.recover(framework.id, task.role, agentId, task.resources);
      const loss = lossOf(framework, agent, departure);
      sendTo(framework, masterUpdate(master, { ...aboutTask(task), ...loss, unreachableAt }));
    }
    releaseExecutors(master, framework, agent);
  }
  for (const offer of [...master.offers.values()]) if (offer.agentId === agentId) rescindOffer(master, offer);
  rescindInverseOffers(master, agentId);
  master.maintenance.answers.delete(agentId);
  master.allocator.removeAgent(agentId);
  for (const framework of master.frameworks.values()) {
    sendTo(framework, { type: 'FAILURE', failure: { agent_id: { value: agentId } } });
  }
  if (departure === 'gone' && agent.connected) {
    for (const id of master.frameworks.keys()) agent.link.shutdownFramework(id);
  }
  master.log(`agent ${agentId} is ${departure}`);
}

/** What a task's update says; an agent that says goodbye takes no heed of PARTITION_AWARE (MESOS-7911). */
function lossOf(
  { info }: Framework,
  agent: Agent,
  departure: Departure,
): { readonly state: TaskState; readonly reason: TaskStatusReason; readonly message: string } {
  const isAware = hasCapability(info, 'PARTITION_AWARE');
  switch (departure) {
    case 'unreachable':
      return {
        state: isAware ? 'TASK_UNREACHABLE' : 'TASK_LOST',
        reason: 'REASON_AGENT_REMOVED',
        message: 'health check timed out',
      };
    case 'unregistered':
      return {
        state: 'TASK_LOST',
        reason: 'REASON_AGENT_REMOVED',
        message: `Agent ${agent.info.hostname} removed: the agent unregistered`,
      };
    case 'gone':
      return {
        state: isAware ? 'TASK_GONE_BY_OPERATOR' : 'TASK_LOST',
        reason: isAware ? 'REASON_AGENT_REMOVED_BY_OPERATOR' : 'REASON_AGENT_REMOVED',
        message: 'Agent has been marked gone',
      };
  }
}

function releaseExecutors(master: MasterState, framework: Framework, agent: Agent): void {
  for (const { role, resources } of agent.executors.get(framework.id)?.values() ?? []) {
    master.allocator.recover(framework.id, role, agent.id, resources);
  }
}
