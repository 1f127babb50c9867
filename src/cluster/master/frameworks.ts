import type {
  FrameworkInfo,
  SchedulerCallSubscribe,
  SchedulerCallUpdateFramework,
  SchedulerEvent,
} from '../../mesos/messages.generated.ts';
import type { EventSink } from '../links.ts';
import { without } from '../without.ts';
import { frameworkFault } from './framework-fault.ts';
import { dropInverseOffers, forgetAnswers } from './maintenance.ts';
import { offersOf, removeOffer, rescindOffer } from './offers.ts';
import { type Framework, type MasterState, retire, rolesOf, sendTo, type Stream } from './state.ts';
import { moveTo } from './tasks.ts';

const HEARTBEAT_MS = 15_000; // DEFAULT_HEARTBEAT_INTERVAL; not a setting in Mesos either

/**
 * SUBSCRIBE: opens the stream with SUBSCRIBED and HEARTBEAT, or refuses with ERROR and the end of the stream.
 *
 * @param principal the authenticated one; fills in a missing FrameworkInfo.principal
 */
export function subscribe(
  master: MasterState,
  { framework_info: given, suppressed_roles: suppressed = [], offer_constraints: constraints }: SchedulerCallSubscribe,
  principal: string,
  streamId: string,
  sink: EventSink<SchedulerEvent>,
): Framework | undefined {
  const wanted: FrameworkInfo = { principal, ...given };
  const known = wanted.id && master.frameworks.get(wanted.id.value);
  const removed = wanted.id && master.completed.includes(wanted.id.value) && 'Framework has been removed';
  const changed =
    known && known.info.principal !== wanted.principal && "Changing framework's principal is not allowed.";
  const fault = frameworkFault(wanted, suppressed, constraints) ?? (removed || changed || undefined);
  if (fault !== undefined) {
    master.log(`refused the subscription of framework "${wanted.name}": ${fault}`);
    sink.send({ type: 'ERROR', error: { message: fault } });
    sink.end();
    return undefined;
  }
  const id = wanted.id?.value ?? `${master.info.id}-${String(master.nextFramework++).padStart(4, '0')}`;
  const framework = known ?? addFramework(master, id, wanted);
  const info = asAtFirst(wanted, framework.info);
  const wasConnected = framework.stream !== undefined;
  replaceInfo(master, framework, info, suppressed);
  takeOver(master, framework);
  framework.constraints = constraints;
  openStream(master, framework, streamId, sink);
  master.log(`framework ${id} "${info.name}" subscribed`);
  for (const agent of master.agents.values()) if (agent.connected) agent.link.frameworkUpdated(id, framework.info);
  master.requestOffers(wasConnected ? 'cycle' : 'now');
  return framework;
}

/** Makes a framework known without a stream: from its SUBSCRIBE, or from an agent that runs its tasks. */
export function addFramework(master: MasterState, id: string, info: FrameworkInfo): Framework {
  const framework: Framework = {
    id,
    info: { ...info, id: { value: id } },
    constraints: undefined,
    stream: undefined,
    stopFailover: undefined,
    tasks: new Map(),
    unreachable: new Map(),
  };
  master.frameworks.set(id, framework);
  master.allocator.setRoles(id, rolesOf(info), []);
  master.allocator.setFrameworkActive(id, false);
  return framework;
}

/** UPDATE_FRAMEWORK: why it is refused, or `undefined` when it is done. */
export function updateFramework(
  master: MasterState,
  framework: Framework,
  {
    framework_info: given,
    suppressed_roles: suppressed = [],
    offer_constraints: constraints,
  }: SchedulerCallUpdateFramework,
): string | undefined {
  const old = framework.info;
  const wanted: FrameworkInfo = { ...(old.principal !== undefined && { principal: old.principal }), ...given };
  const fault = frameworkFault(wanted, suppressed, constraints) ?? immutableFault(old, wanted);
  if (fault !== undefined) return `FrameworkInfo update is not valid: ${fault}`;
  replaceInfo(master, framework, wanted, suppressed);
  framework.constraints = constraints;
  for (const agent of master.agents.values())
    if (agent.connected) agent.link.frameworkUpdated(framework.id, framework.info);
  master.requestOffers('cycle');
  return undefined;
}

/** The socket of the stream closed. The framework and its tasks live on for `failover_timeout` seconds. */
export function disconnect(master: MasterState, framework: Framework, streamId: string): void {
  if (framework.stream?.id !== streamId) return; // another stream took over before this one closed
  framework.stream.stopHeartbeat();
  framework.stream = undefined;
  voidOffers(master, framework);
  master.allocator.setFrameworkActive(framework.id, false);
  master.log(`framework ${framework.id} disconnected`);
  awaitFailover(master, framework);
  master.requestOffers('cycle');
}

export function awaitFailover(master: MasterState, framework: Framework): void {
  const ms = 1000 * (framework.info.failover_timeout ?? 0);
  framework.stopFailover = master.clock.after(ms, () => removeFramework(master, framework));
}

/** The end of a framework: executors are told to shut down, nothing more is reported, the id is dead. */
export function removeFramework(master: MasterState, framework: Framework): void {
  framework.stopFailover?.();
  framework.stream?.stopHeartbeat();
  framework.stream?.sink.end();
  framework.stream = undefined;
  voidOffers(master, framework);
  for (const agent of master.agents.values()) {
    if (agent.connected) agent.link.shutdownFramework(framework.id);
    for (const executor of agent.executors.get(framework.id)?.values() ?? []) {
      master.allocator.recover(framework.id, executor.role, agent.id, executor.resources);
    }
    agent.executors.delete(framework.id);
  }
  for (const task of framework.tasks.values()) moveTo(master, task, 'TASK_KILLED'); // no update is sent
  framework.tasks.clear();
  master.allocator.removeFramework(framework.id);
  forgetAnswers(master, framework.id);
  master.frameworks.delete(framework.id);
  retire(master, framework.id);
  master.log(`framework ${framework.id} removed`);
  master.requestOffers('cycle');
}

/** Nobody is there to answer them. */
function voidOffers(master: MasterState, framework: Framework): void {
  for (const offer of offersOf(master, framework.id)) removeOffer(master, offer);
  dropInverseOffers(master, framework.id);
}

/** User and checkpoint stay what they were, in silence. */
function asAtFirst(wanted: FrameworkInfo, { user, checkpoint }: FrameworkInfo): FrameworkInfo {
  return { ...without(wanted, 'checkpoint'), user, ...(checkpoint !== undefined && { checkpoint }) };
}

function replaceInfo(
  master: MasterState,
  framework: Framework,
  info: FrameworkInfo,
  suppressed: readonly string[],
): void {
  const roles = rolesOf(info);
  for (const offer of offersOf(master, framework.id)) if (!roles.includes(offer.role)) rescindOffer(master, offer);
  framework.info = { ...info, id: { value: framework.id } };
  master.allocator.setRoles(framework.id, roles, suppressed);
}

/** Ends the stream there was, even if it is the same process that asks again (MESOS-4712); its offers are void. */
function takeOver(master: MasterState, framework: Framework): void {
  framework.stopFailover?.();
  framework.stopFailover = undefined;
  voidOffers(master, framework);
  if (!framework.stream) return;
  framework.stream.stopHeartbeat();
  sendTo(framework, { type: 'ERROR', error: { message: 'Framework failed over' } });
  framework.stream.sink.end();
}

function openStream(
  master: MasterState,
  framework: Framework,
  streamId: string,
  sink: EventSink<SchedulerEvent>,
): void {
  let stop = (): void => undefined;
  const beat = (): void => {
    sink.send({ type: 'HEARTBEAT' });
    stop = master.clock.after(HEARTBEAT_MS, beat);
  };
  const stream: Stream = { id: streamId, sink, stopHeartbeat: () => stop() };
  framework.stream = stream;
  master.allocator.setFrameworkActive(framework.id, true);
  sink.send({
    type: 'SUBSCRIBED',
    subscribed: {
      framework_id: { value: framework.id },
      heartbeat_interval_seconds: HEARTBEAT_MS / 1000,
      master_info: master.info,
    },
  });
  beat();
}

function immutableFault(old: FrameworkInfo, wanted: FrameworkInfo): string | undefined {
  if (old.principal !== wanted.principal) return "Changing framework's principal is not allowed.";
  const changed = (field: string, from: unknown, to: unknown): string =>
    `Updating 'FrameworkInfo.${field}' is unsupported; attempted to update from '${String(from)}' to '${String(to)}'`;
  if (old.user !== wanted.user) return changed('user', old.user, wanted.user);
  const [from, to] = [old.checkpoint ?? false, wanted.checkpoint ?? false];
  return from === to ? undefined : changed('checkpoint', from, to);
}
