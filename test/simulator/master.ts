import type {
  InverseOffer,
  Offer,
  SchedulerCall,
  SchedulerEvent,
  TaskInfo,
  TaskState,
  TaskStatus,
  TaskStatusReason,
} from '../../src/mesos/messages.generated.ts';
import { isTerminal, type SimAgent, type SimTask } from './agent.ts';
import { addTo, type Bag, bagOf, covers, forRole, minus, sumOf } from './resources.ts';
import { Wire } from './timeline.ts';
import { must, Violation } from './violation.ts';
import type { World } from './world.ts';

/** A stream to the scheduler. */
export interface Stream {
  readonly id: number;
  readonly events: Wire;
  readonly deliver: (event: SchedulerEvent) => void;
  readonly closed: () => void;
}

interface KnownTask {
  readonly id: string;
  readonly executorId: string;
  readonly resources: Bag;
  state: TaskState;
  /** Its last state is terminal: its resources are free, though not all updates are acknowledged. */
  over: boolean;
}

interface KnownAgent {
  readonly agent: SimAgent;
  readonly wire: Wire;
  status: 'registered' | 'disconnected' | 'unreachable' | 'gone';
  readonly tasks: Map<string, KnownTask>;
  readonly executors: Map<string, Bag>;
  readonly exited: Set<string>;
  readonly killsDue: Set<string>;
  /** What another framework has. */
  neighbour: Bag;
  maintenance: { readonly from: number; readonly to: number } | undefined;
  since: number;
}

interface Framework {
  readonly id: string;
  stream: Stream | undefined;
  suppressed: boolean;
  readonly refused: Map<string, { readonly until: number; readonly bag: Bag }[]>;
}

const ALLOCATION_MS = 1000;
// All times of Mesos that count minutes are shorter here, in proportion, and shorter than the longest fault.
const UNREACHABLE_AFTER_MS = 10_000;
const FAILOVER_TIMEOUT_MS = 20_000;
const CPUS_MIN = 10;
const MEM_MIN = 32_000;

/** The master of a simulated cluster, for one framework: what a scheduler can tell of a real one, and nothing more. */
export class SimMaster {
  up = true;
  /** Task ids that were ever launched: total_tasks, and that none is used twice. */
  readonly launched = new Set<string>();
  readonly #world: World;
  readonly #agents = new Map<string, KnownAgent>();
  readonly #removed = new Set<string>();
  #offers = new Map<
    string,
    { readonly agentId: string; readonly role: string; readonly offer: Offer; readonly bag: Bag }
  >();
  #framework: Framework | undefined;
  #numbers = 0;
  #generation = 0;
  #allocating = false;

  constructor(world: World) {
    this.#world = world;
    this.#cycle();
  }

  linkOf(agentId: string): Wire | undefined {
    return this.#agents.get(agentId)?.wire;
  }

  // --- agents ---

  register(agent: SimAgent): void {
    const known = this.#agents.get(agent.id);
    if (known?.status === 'gone' || known?.status === 'registered') return;
    const back = known?.status === 'unreachable';
    const now: KnownAgent = known ?? {
      agent,
      wire: new Wire(this.#world.timeline, () => this.#world.latency()),
      status: 'registered',
      tasks: new Map(),
      executors: new Map(),
      exited: new Set(),
      killsDue: new Set(),
      neighbour: new Map(),
      maintenance: undefined,
      since: 0,
    };
    this.#agents.set(agent.id, now);
    now.status = 'registered';
    for (const id of now.executors.keys()) if (!agent.executors.has(id)) now.exited.add(id);
    now.executors.clear();
    for (const { id, resources } of agent.executors.values()) now.executors.set(id, resources);
    // What the master sent and the agent never got.
    for (const id of now.tasks.keys()) {
      if (agent.tasks.has(id)) continue;
      now.tasks.delete(id);
      this.#made(agent.id, id, 'TASK_DROPPED', 'REASON_AGENT_DISCONNECTED');
    }
    for (const task of agent.tasks.values()) {
      const over = isTerminal(task.state);
      const seen = now.tasks.get(task.id);
      const state = seen?.state ?? task.updates[0]?.state ?? task.state;
      now.tasks.set(task.id, { id: task.id, executorId: task.executorId, resources: task.resources, state, over });
      if (back && !over) this.#made(agent.id, task.id, task.state, 'REASON_AGENT_REREGISTERED');
    }
    for (const id of now.killsDue) this.#toAgent(now, (there) => there.kill(id));
    now.killsDue.clear();
    if (!this.#framework) this.#recover(agent);
    this.#allocateSoon();
  }

  /** A framework that is known by its tasks only has its time to come back. */
  #recover(agent: SimAgent): void {
    const { frameworkId } = this.#world;
    if (frameworkId === undefined || agent.executors.size === 0) return;
    if (this.#removed.has(frameworkId)) return this.#shutDownAll(agent.id);
    this.#framework = { id: frameworkId, stream: undefined, suppressed: false, refused: new Map() };
    this.#startFailoverTimer(this.#framework);
  }

  /** The connection to an agent is lost; it has its time to come back. */
  agentLost(agentId: string): void {
    const known = this.#agents.get(agentId);
    if (known?.status !== 'registered') return;
    known.status = 'disconnected';
    const since = (known.since = this.#world.timeline.now);
    this.#rescind((offer) => offer.agentId === agentId);
    const generation = this.#generation;
    this.#world.timeline.after(UNREACHABLE_AFTER_MS, () => {
      if (generation !== this.#generation || known.status !== 'disconnected' || known.since !== since) return;
      this.#markLost(known, 'unreachable', 'TASK_UNREACHABLE', 'REASON_AGENT_REMOVED');
    });
  }

  /** An operator says that it will never come back. */
  agentGone(agentId: string): void {
    const known = this.#agents.get(agentId);
    if (known) this.#markLost(known, 'gone', 'TASK_GONE_BY_OPERATOR', 'REASON_AGENT_REMOVED_BY_OPERATOR');
  }

  #markLost(known: KnownAgent, status: 'unreachable' | 'gone', state: TaskState, reason: TaskStatusReason): void {
    this.#rescind((offer) => offer.agentId === known.agent.id);
    known.status = status;
    for (const task of known.tasks.values()) this.#made(known.agent.id, task.id, state, reason);
    known.tasks.clear();
    known.executors.clear();
    this.#event({ type: 'FAILURE', failure: { agent_id: { value: known.agent.id } } });
  }

  executorExited(agentId: string, executorId: string): void {
    const known = this.#agents.get(agentId);
    known?.executors.delete(executorId);
    known?.exited.add(executorId);
    if (!this.#world.noisy()) {
      const failure = { agent_id: { value: agentId }, executor_id: { value: executorId }, status: 256 };
      this.#event({ type: 'FAILURE', failure });
    }
  }

  update(agentId: string, taskId: string, status: TaskStatus, over: boolean): void {
    const known = this.#agents.get(agentId);
    const task = known?.tasks.get(taskId);
    if (task) {
      task.state = status.state;
      task.over = over;
    }
    this.#event({ type: 'UPDATE', update: { status } });
  }

  // --- what happens to the master, and what operators do ---

  /** Dies; a new one knows what agents tell it, and what is in the registry. */
  failOver(ms: number): void {
    this.up = false;
    this.#generation++;
    this.#closeStream();
    this.#framework = undefined;
    this.#removed.clear();
    this.#offers = new Map();
    this.#world.timeline.after(ms, () => {
      this.up = true;
      for (const known of this.#agents.values()) {
        known.wire.cut();
        if (known.status === 'unreachable' || known.status === 'gone') continue;
        known.status = 'disconnected';
        known.tasks.clear();
        known.executors.clear();
        const since = (known.since = this.#world.timeline.now);
        const generation = this.#generation;
        this.#world.timeline.after(UNREACHABLE_AFTER_MS, () => {
          if (generation !== this.#generation || known.status !== 'disconnected' || known.since !== since) return;
          this.#markLost(known, 'unreachable', 'TASK_UNREACHABLE', 'REASON_AGENT_REMOVED');
        });
      }
      for (const agent of this.#world.agents) {
        this.#world.timeline.after(this.#world.random.int(10, 6000), () => {
          if (agent.linked) agent.register();
        });
      }
    });
  }

  cutStream(): void {
    this.#closeStream();
    if (this.#framework) this.#startFailoverTimer(this.#framework);
  }

  rescindAll(): void {
    this.#rescind(() => true);
  }

  /** An operator removes the framework. */
  removeFramework(): void {
    const framework = this.#framework;
    if (!framework) return;
    this.#framework = undefined;
    this.#removed.add(framework.id);
    this.#offers.clear();
    const { stream } = framework;
    stream?.events.send(() => stream.deliver({ type: 'ERROR', error: { message: 'Framework has been removed' } }));
    stream?.events.send(() => stream.closed());
    for (const id of this.#agents.keys()) this.#shutDownAll(id);
  }

  /** A task is said to be lost, and runs on. */
  declareLost(which: number): void {
    const running = [...this.#agents.values()].flatMap((known) =>
      [...known.tasks.values()].filter((task) => !task.over).map((task) => ({ known, task })),
    );
    const found = running[which % Math.max(1, running.length)];
    if (!found) return;
    const { known, task } = found;
    this.#made(known.agent.id, task.id, 'TASK_LOST', 'REASON_AGENT_REMOVED');
    this.#world.timeline.after(this.#world.random.int(1, 5000), () => {
      if (known.tasks.get(task.id) === task && !task.over) {
        this.#made(known.agent.id, task.id, task.state, 'REASON_AGENT_REREGISTERED');
      }
    });
  }

  /** Another framework takes part of an agent for a while. */
  neighbour(which: number, ms: number): void {
    const known = [...this.#agents.values()][which % Math.max(1, this.#agents.size)];
    if (!known) return;
    const free = this.#free(known);
    known.neighbour = new Map([...free].map(([kind, milli]) => [kind, Math.max(0, milli - 70)]));
    this.#world.timeline.after(ms, () => {
      known.neighbour = new Map();
      this.#allocateSoon();
    });
  }

  /** An operator wants an agent for `ms`, a little later. */
  maintain(which: number, ms: number): void {
    const known = [...this.#agents.values()][which % Math.max(1, this.#agents.size)];
    if (!known) return;
    const { now } = this.#world.timeline;
    known.maintenance = { from: now + 2000, to: now + 2000 + ms };
    this.#rescind((offer) => offer.agentId === known.agent.id);
    const inverse: InverseOffer = {
      id: { value: `i${this.#numbers++}` },
      framework_id: { value: this.#framework?.id ?? '' },
      agent_id: { value: known.agent.id },
      unavailability: unavailabilityOf(known.maintenance),
    };
    this.#event({ type: 'INVERSE_OFFERS', inverse_offers: { inverse_offers: [inverse] } });
    this.#world.timeline.after(2000 + ms, () => {
      known.maintenance = undefined;
      this.#allocateSoon();
    });
  }

  // --- the framework ---

  subscribe(frameworkId: string | undefined, stream: Stream): void {
    if (frameworkId !== undefined && this.#removed.has(frameworkId)) {
      stream.events.send(() => stream.deliver({ type: 'ERROR', error: { message: 'Framework has been removed' } }));
      return stream.events.send(() => stream.closed());
    }
    const id = frameworkId ?? `F${this.#world.frameworks++}`;
    const old = this.#framework?.id === id ? this.#framework : undefined;
    old?.stream?.events.cut();
    this.#framework = { id, stream, suppressed: false, refused: new Map() };
    this.#offers.clear();
    this.#event({ type: 'SUBSCRIBED', subscribed: { framework_id: { value: id } } });
    for (const known of this.#agents.values()) {
      if (known.status === 'registered')
        this.#toAgent(known, (agent) => {
          for (const task of agent.tasks.values()) agent.resend(task.id);
        });
    }
    this.#allocateSoon();
  }

  /** @param stream that the call belongs to: one of an older stream is refused */
  call(call: SchedulerCall, stream: number): void {
    const framework = this.#framework;
    if (!framework || framework.stream?.id !== stream) return;
    switch (call.type) {
      case 'ACCEPT':
        return this.#accept(framework, call.accept ?? {});
      case 'DECLINE':
        for (const { value } of call.decline?.offer_ids ?? []) {
          const known = this.#offers.get(value);
          this.#offers.delete(value);
          if (known) this.#refuse(framework, known.agentId, known.bag, call.decline?.filters?.refuse_seconds);
        }
        return;
      case 'REVIVE':
        framework.suppressed = false;
        framework.refused.clear();
        return this.#allocateSoon();
      case 'SUPPRESS':
        framework.suppressed = true;
        return;
      case 'KILL':
        return this.#kill(call.kill?.task_id.value ?? '', call.kill?.agent_id?.value);
      case 'SHUTDOWN': {
        const known = this.#agents.get(call.shutdown?.agent_id.value ?? '');
        const id = call.shutdown?.executor_id.value ?? '';
        if (known) this.#toAgent(known, (agent) => agent.shutdown(id));
        return;
      }
      case 'ACKNOWLEDGE':
        return this.#acknowledge(call.acknowledge);
      case 'RECONCILE':
        return this.#reconcile(call.reconcile?.tasks ?? []);
      case 'TEARDOWN':
        this.#framework = undefined;
        this.#removed.add(framework.id);
        this.#offers.clear();
        for (const id of this.#agents.keys()) this.#shutDownAll(id);
        return;
      case 'ACCEPT_INVERSE_OFFERS':
      case 'DECLINE_INVERSE_OFFERS':
        return;
      case 'UNKNOWN':
      case 'SUBSCRIBE':
      case 'UPDATE_FRAMEWORK':
      case 'MESSAGE':
      case 'REQUEST':
      case 'RECONCILE_OPERATIONS':
      case 'ACKNOWLEDGE_OPERATION_STATUS':
      case undefined:
        throw new Violation('calls', `${call.type ?? 'a call without type'} is not called for`);
    }
  }

  #accept(
    framework: Framework,
    { offer_ids = [], operations = [], filters }: NonNullable<SchedulerCall['accept']>,
  ): void {
    const tasks = operations.flatMap(({ launch }) => launch?.task_infos ?? []);
    const offers = offer_ids.flatMap(({ value }) => this.#offers.get(value) ?? []);
    for (const { value } of offer_ids) this.#offers.delete(value);
    const [first] = offers;
    const known = first && this.#agents.get(first.agentId);
    const mixed = offers.some((offer) => offer.agentId !== first?.agentId || offer.role !== first.role);
    must(!mixed, 'offers', () => 'an ACCEPT takes offers of several agents or roles');
    if (!first || !known || offers.length < offer_ids.length) {
      for (const task of tasks)
        this.#made(task.agent_id.value, task.task_id.value, 'TASK_DROPPED', 'REASON_INVALID_OFFERS');
      return;
    }
    let left: Bag = new Map();
    for (const { bag } of offers) addTo(left, bag);
    for (const task of tasks) left = this.#launch(known, first.role, first.offer, task, left);
    this.#refuse(framework, first.agentId, left, filters?.refuse_seconds);
  }

  /** @returns what is left of the offer */
  #launch(known: KnownAgent, role: string, offer: Offer, task: TaskInfo, left: Bag): Bag {
    const id = task.task_id.value;
    const { executor } = task;
    if (!executor) throw new Violation('calls', `task ${id} has no executor`);
    must(task.agent_id.value === known.agent.id, 'calls', () => `task ${id} names another agent than its offer`);
    must(!this.launched.has(id), 'ids', () => `task id ${id} is used again`);
    this.launched.add(id);
    const all = [...(task.resources ?? []), ...(executor.resources ?? [])];
    must(
      all.every((resource) => resource.allocation_info?.role === role),
      'roles',
      () => `task ${id} or its executor takes what is not allocated to role ${role}`,
    );
    this.#world.placed(task, offer);
    const executorId = executor.executor_id.value;
    const isNew = !known.executors.has(executorId);
    const resources = bagOf(task.resources);
    const executorResources = bagOf(executor.resources);
    const rest = minus(minus(left, resources), isNew ? executorResources : new Map<string, number>());
    if (![...rest.values()].every((milli) => milli >= 0)) {
      must(isNew && known.exited.has(executorId), 'resources', () => `task ${id} takes more than is offered`);
      // Its executor ended while the ACCEPT was under way.
      this.#made(known.agent.id, id, 'TASK_ERROR', 'REASON_TASK_INVALID');
      return left;
    }
    if (known.status !== 'registered') {
      this.#made(known.agent.id, id, 'TASK_DROPPED', 'REASON_AGENT_DISCONNECTED');
      return left;
    }
    known.tasks.set(id, { id, executorId, resources, state: 'TASK_STAGING', over: false });
    if (isNew) known.executors.set(executorId, executorResources);
    const sim: SimTask = { id, executorId, resources, executorResources, first: this.#world.firstOf(task) };
    this.#toAgent(known, (agent) => agent.launch(sim, isNew));
    must(covers(known.agent.total, this.#used(known)), 'resources', () => `agent ${known.agent.id} is oversubscribed`);
    return rest;
  }

  #kill(taskId: string, agentId: string | undefined): void {
    const known = agentId === undefined ? undefined : this.#agents.get(agentId);
    const task = known?.tasks.get(taskId);
    if (!known || !task) return this.#reconcileOne(taskId, agentId);
    if (known.status === 'registered') this.#toAgent(known, (agent) => agent.kill(taskId));
    else known.killsDue.add(taskId);
  }

  #acknowledge(acknowledge: SchedulerCall['acknowledge']): void {
    if (!acknowledge) return;
    const known = this.#agents.get(acknowledge.agent_id.value);
    const id = acknowledge.task_id.value;
    const { uuid } = acknowledge;
    must(uuid.length === 16, 'acknowledgements', () => `${id} is acknowledged without a uuid`);
    if (!known) return;
    this.#toAgent(known, (agent) => {
      const head = agent.tasks.get(id)?.updates[0];
      const last = head && isTerminal(head.state) && head.uuid?.join() === uuid.join();
      agent.acknowledge(id, uuid);
      if (last) known.tasks.delete(id);
    });
  }

  #reconcile(
    tasks: readonly { readonly task_id: { readonly value: string }; readonly agent_id?: { readonly value: string } }[],
  ): void {
    for (const { task_id, agent_id } of tasks) this.#reconcileOne(task_id.value, agent_id?.value);
    if (tasks.length > 0) return;
    for (const { agent, tasks: known } of this.#agents.values()) {
      for (const { id, state } of known.values()) this.#made(agent.id, id, state, 'REASON_RECONCILIATION');
    }
  }

  #reconcileOne(taskId: string, agentId: string | undefined): void {
    const known = agentId === undefined ? undefined : this.#agents.get(agentId);
    const task = known?.tasks.get(taskId);
    const tell = (state: TaskState): void => this.#made(agentId, taskId, state, 'REASON_RECONCILIATION');
    if (task) return tell(task.state);
    switch (known?.status) {
      case 'registered':
        return tell('TASK_GONE');
      case 'unreachable':
        return tell('TASK_UNREACHABLE');
      case 'gone':
        return tell('TASK_GONE_BY_OPERATOR');
      case 'disconnected':
        return; // it may yet come back, and tell
      case undefined:
        return tell('TASK_UNKNOWN');
    }
  }

  // --- allocation ---

  #cycle(): void {
    this.#allocate();
    this.#world.timeline.after(ALLOCATION_MS, () => {
      if (!this.#world.over) this.#cycle();
    });
  }

  #allocateSoon(): void {
    if (this.#allocating) return;
    this.#allocating = true;
    this.#world.timeline.after(5, () => {
      this.#allocating = false;
      this.#allocate();
    });
  }

  #allocate(): void {
    const framework = this.#framework;
    if (!this.up || !framework?.stream || framework.suppressed) return;
    const { random, plan, timeline } = this.#world;
    const offers: Offer[] = [];
    for (const known of this.#agents.values()) {
      if (known.status !== 'registered') continue;
      const role = random.pick(plan.roles);
      const resources = forRole(this.#free(known), role);
      if (sumOf(resources, 'cpus') < CPUS_MIN || sumOf(resources, 'mem') < MEM_MIN) continue;
      const bag = bagOf(resources);
      const refusals = framework.refused.get(`${known.agent.id}/${role}`) ?? [];
      if (refusals.some(({ until, bag: refused }) => timeline.now < until && covers(refused, bag))) continue;
      const offer: Offer = {
        id: { value: `o${this.#numbers++}` },
        framework_id: { value: framework.id },
        agent_id: { value: known.agent.id },
        hostname: known.agent.id,
        resources,
        attributes: [{ name: 'rack', type: 'TEXT', text: { value: known.agent.plan.rack } }],
        executor_ids: [...known.executors.keys()].map((value) => ({ value })),
        allocation_info: { role },
        ...(known.maintenance && { unavailability: unavailabilityOf(known.maintenance) }),
      };
      this.#offers.set(offer.id.value, { agentId: known.agent.id, role, offer, bag });
      offers.push(offer);
    }
    if (offers.length > 0) this.#event({ type: 'OFFERS', offers: { offers } });
  }

  #refuse(framework: Framework, agentId: string, bag: Bag, seconds = 5): void {
    const role = this.#world.plan.roles;
    const until = this.#world.timeline.now + Math.max(seconds * 1000, ALLOCATION_MS);
    for (const name of role) {
      const key = `${agentId}/${name}`;
      framework.refused.set(key, [...(framework.refused.get(key) ?? []).slice(-4), { until, bag }]);
    }
  }

  #free(known: KnownAgent): Bag {
    return new Map([...minus(known.agent.total, this.#used(known))].map(([kind, milli]) => [kind, Math.max(0, milli)]));
  }

  #used(known: KnownAgent): Bag {
    const used: Bag = new Map(known.neighbour);
    for (const bag of known.executors.values()) addTo(used, bag);
    for (const { over, resources } of known.tasks.values()) if (!over) addTo(used, resources);
    for (const { agentId, bag } of this.#offers.values()) if (agentId === known.agent.id) addTo(used, bag);
    return used;
  }

  #rescind(which: (offer: { readonly agentId: string }) => boolean): void {
    for (const [id, offer] of this.#offers) {
      if (!which(offer)) continue;
      this.#offers.delete(id);
      this.#event({ type: 'RESCIND', rescind: { offer_id: { value: id } } });
    }
  }

  // --- wires ---

  #toAgent(known: KnownAgent, arrive: (agent: SimAgent) => void): void {
    const { agent, wire } = known;
    if (agent.linked) wire.send(() => arrive(agent));
  }

  #shutDownAll(agentId: string): void {
    const known = this.#agents.get(agentId);
    if (!known) return;
    known.tasks.clear();
    known.executors.clear();
    this.#toAgent(known, (agent) => agent.shutDownFramework());
  }

  #startFailoverTimer(framework: Framework): void {
    const generation = this.#generation;
    this.#world.timeline.after(FAILOVER_TIMEOUT_MS, () => {
      if (generation !== this.#generation || this.#framework !== framework || framework.stream) return;
      this.removeFramework();
    });
  }

  #closeStream(): void {
    const stream = this.#framework?.stream;
    if (!this.#framework || !stream) return;
    this.#framework.stream = undefined;
    this.#offers.clear();
    stream.events.cut();
    stream.closed();
  }

  /** An update of the master's own making. */
  #made(agentId: string | undefined, taskId: string, state: TaskState, reason: TaskStatusReason): void {
    const agent_id = agentId === undefined ? {} : { agent_id: { value: agentId } };
    const status: TaskStatus = { task_id: { value: taskId }, state, source: 'SOURCE_MASTER', reason, ...agent_id };
    this.#event({ type: 'UPDATE', update: { status } });
  }

  /** Nothing is kept for a framework that is not there. */
  #event(event: SchedulerEvent): void {
    const stream = this.#framework?.stream;
    stream?.events.send(() => stream.deliver(event));
  }
}

function unavailabilityOf({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): NonNullable<Offer['unavailability']> {
  return { start: { nanoseconds: from * 1e6 }, duration: { nanoseconds: (to - from) * 1e6 } };
}
