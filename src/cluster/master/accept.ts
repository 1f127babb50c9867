import type {
  OfferOperation,
  Resource,
  SchedulerCallAccept,
  TaskInfo,
  TaskStatusReason,
} from '../../mesos/messages.generated.ts';
import { allocatedTo, minus, NO_RESOURCES, plus, type Resources, resourcesOf } from '../resources.ts';
import { refuse, removeOffer } from './offers.ts';
import { orLost } from './reconcile.ts';
import {
  type Agent,
  type Executor,
  type Framework,
  masterUpdate,
  type MasterState,
  type Offer,
  sendTo,
} from './state.ts';
import { taskFault } from './task-fault.ts';

/**
 * ACCEPT: launches what the offers can hold, task by task in order; the rest is declined with the call's filters.
 * Whatever is wrong is told by updates; the call itself is always answered 202.
 */
export function accept(master: MasterState, framework: Framework, call: SchedulerCallAccept): void {
  const ids = (call.offer_ids ?? []).map(({ value }) => value);
  const operations = call.operations ?? [];
  const found = offersOf(master, framework, ids);
  if (typeof found === 'string') {
    for (const id of new Set(ids)) {
      const offer = master.offers.get(id);
      if (offer?.frameworkId === framework.id) removeOffer(master, offer);
    }
    for (const task of operations.flatMap(tasksOf)) {
      lose(master, framework, task, `Task launched with invalid offers: ${found}`);
    }
    master.requestOffers('cycle');
    return;
  }
  const { agent, role, resources } = found;
  for (const id of ids) master.offers.delete(id);
  let left = resources;
  for (const operation of operations) left = perform(master, framework, agent, role, left, operation);
  refuse(master, { frameworkId: framework.id, role, agentId: agent.id }, left, call.filters);
}

/** The agent, role and sum of the offers; or, as text, why they cannot be used together. */
function offersOf(
  master: MasterState,
  framework: Framework,
  ids: readonly string[],
): { agent: Agent; role: string; resources: Resources } | string {
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice !== undefined) return `Duplicate offer ${twice} in offer list`;
  const offers: Offer[] = [];
  for (const id of ids) {
    const offer = master.offers.get(id);
    if (!offer) return `Offer ${id} is no longer valid`;
    if (offer.frameworkId !== framework.id) {
      return `Offer ${id} has invalid framework ${offer.frameworkId} while framework ${framework.id} is expected`;
    }
    offers.push(offer);
  }
  const [first] = offers;
  if (!first) return 'No offers specified';
  const otherRole = offers.find(({ role }) => role !== first.role);
  if (otherRole) {
    return `Aggregated offers must be allocated to the same role. Offer ${otherRole.id} uses role ${otherRole.role} but another is using role ${first.role}`;
  }
  const elsewhere = offers.find(({ agentId }) => agentId !== first.agentId);
  if (elsewhere) {
    return `Aggregated offers must belong to one single agent. Offer ${elsewhere.id} uses agent ${elsewhere.agentId} and agent ${first.agentId}`;
  }
  const agent = master.agents.get(first.agentId);
  if (!agent) throw new Error('bug: an offer of an agent that is not there');
  return { agent, role: first.role, resources: offers.reduce((sum, o) => plus(sum, o.resources), NO_RESOURCES) };
}

function perform(
  master: MasterState,
  framework: Framework,
  agent: Agent,
  role: string,
  available: Resources,
  operation: OfferOperation,
): Resources {
  if (operation.type !== 'LAUNCH') {
    // What a master without the capability does: a group is an error, the other operations have no id to answer to.
    for (const task of tasksOf(operation)) {
      fail(master, framework, task, 'REASON_TASK_GROUP_INVALID', 'Task groups are not supported by this cluster');
    }
    master.log(`dropped a ${operation.type ?? 'UNKNOWN'} operation of framework ${framework.id}: not supported`);
    return available;
  }
  let left = available;
  for (const task of tasksOf(operation)) {
    if (operation.id) {
      const why =
        "The 'id' field was set in an offer operation, but operation feedback is not supported for the LAUNCH operation";
      fail(master, framework, task, 'REASON_TASK_INVALID', why);
    } else left = launch(master, framework, agent, role, left, task);
  }
  return left;
}

/** Launches one task, or tells why not; what is left of the offers. */
function launch(
  master: MasterState,
  framework: Framework,
  agent: Agent,
  role: string,
  available: Resources,
  given: TaskInfo,
): Resources {
  const task = completed(given, framework.id, role);
  const executors = agent.executors.get(framework.id) ?? new Map<string, Executor>();
  const fault = taskFault(task, {
    frameworkId: framework.id,
    agentId: agent.id,
    isTaken: (id) => framework.tasks.has(id) || framework.unreachable.has(id),
    executor: (id) => executors.get(id)?.info,
    available: allocatedTo(available, role),
  });
  if (fault !== undefined) {
    fail(master, framework, task, 'REASON_TASK_INVALID', fault);
    return available;
  }
  const resources = allocatedTo(resourcesOf(task.resources), undefined);
  const { executor } = task;
  const executorId = executor?.executor_id.value ?? task.task_id.value; // a command task is its own executor
  framework.tasks.set(task.task_id.value, {
    info: task,
    frameworkId: framework.id,
    agentId: agent.id,
    executorId,
    role,
    resources,
    state: 'TASK_STAGING',
    forwarded: undefined,
  });
  let left = minus(available, resources);
  const startsExecutor = !executors.has(executorId);
  if (executor && startsExecutor) {
    const own = allocatedTo(resourcesOf(executor.resources), undefined);
    left = minus(left, own);
    const all = agent.executors.get(framework.id) ?? new Map<string, Executor>();
    agent.executors.set(framework.id, all.set(executorId, { info: executor, role, resources: own }));
  }
  agent.link.launch({
    framework: framework.info,
    frameworkId: framework.id,
    ...(executor && { executor }),
    tasks: [task],
    startsExecutor,
  });
  return left;
}

/** The task as the agent gets it: resources allocated to the offer's role, the executor's framework named. */
function completed(task: TaskInfo, frameworkId: string, role: string): TaskInfo {
  const allocate = (resources: readonly Resource[]): Resource[] =>
    resources.map(({ role: old, ...r }) => ({
      allocation_info: { role },
      ...r,
      ...(old !== '*' && old !== undefined && { role: old }),
    }));
  const { executor } = task;
  return {
    ...task,
    ...(task.resources && { resources: allocate(task.resources) }),
    ...(executor && {
      executor: {
        framework_id: { value: frameworkId },
        ...executor,
        ...(executor.resources && { resources: allocate(executor.resources) }),
      },
    }),
  };
}

function tasksOf(operation: OfferOperation): readonly TaskInfo[] {
  if (operation.type === 'LAUNCH') return operation.launch?.task_infos ?? [];
  if (operation.type === 'LAUNCH_GROUP') return operation.launch_group?.task_group.tasks ?? [];
  return [];
}

function lose(master: MasterState, framework: Framework, task: TaskInfo, message: string): void {
  const state = orLost(framework, 'TASK_DROPPED');
  tell(master, framework, task, state, 'REASON_INVALID_OFFERS', message);
}

function fail(
  master: MasterState,
  framework: Framework,
  task: TaskInfo,
  reason: TaskStatusReason,
  message: string,
): void {
  tell(master, framework, task, 'TASK_ERROR', reason, message);
}

function tell(
  master: MasterState,
  framework: Framework,
  task: TaskInfo,
  state: 'TASK_ERROR' | ReturnType<typeof orLost>,
  reason: TaskStatusReason,
  message: string,
): void {
  const [taskId, agentId] = [task.task_id.value, task.agent_id.value];
  sendTo(framework, masterUpdate(master, { taskId, agentId, state, reason, message }));
}
