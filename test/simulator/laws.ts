import type { Report } from '../../src/feed/messages.generated.ts';
import type { CoreConfig, CoreEvent, CoreState, Decision } from '../../src/framework/core-types.ts';
import { keyOf } from '../../src/framework/store-keys.ts';
import type { Frontier, UrlCounts } from '../../src/frontier/types.ts';
import type { SchedulerCall } from '../../src/mesos/messages.generated.ts';
import type { Disk } from './disk.ts';
import { must, Violation } from './violation.ts';
import type { World } from './world.ts';

const ENDED = new Set([
  'TASK_FINISHED',
  'TASK_FAILED',
  'TASK_KILLED',
  'TASK_ERROR',
  'TASK_LOST',
  'TASK_DROPPED',
  'TASK_GONE',
  'TASK_GONE_BY_OPERATOR',
  'TASK_UNREACHABLE',
  'TASK_UNKNOWN',
]);

/** What must hold whatever happens; an account of its own, kept beside the scheduler's. */
export class Laws {
  readonly #world: World;
  readonly #config: CoreConfig;
  readonly #disk: Disk;
  #frontier: Frontier | undefined;
  /** By id of URL. */
  readonly #holder = new Map<number, string>();
  readonly #hostOf = new Map<number, string>();
  readonly #settled = new Set<number>();
  /** Updates seen, by uuid. */
  readonly #told = new Map<string, { readonly task: string; readonly state: string }>();
  #revivedAt = -Infinity;

  constructor(world: World, config: CoreConfig, disk: Disk) {
    this.#world = world;
    this.#config = config;
    this.#disk = disk;
  }

  /** As the frontier counts. */
  counts(): UrlCounts {
    if (!this.#frontier) throw new Violation('the crawl ends', 'it did not even begin');
    return this.#frontier.counts();
  }

  // --- the core ---

  reacted(before: CoreState, event: CoreEvent, after: CoreState, decisions: readonly Decision[]): void {
    const { counts, tasks } = after;
    const { launched, finished, failed, killed, lost } = counts;
    must(launched === finished + failed + killed + lost + tasks.size, 'tasks accounted', () =>
      JSON.stringify({ ...counts, live: tasks.size }),
    );
    must(
      launched <= this.#config.totalTasks,
      'total_tasks',
      () => `${launched} launched of ${this.#config.totalTasks}`,
    );
    must(!after.subscribed || after.offers.size === 0, 'offers', () => 'offers are held');
    if (decisions.some((d) => d.type === 'call' && d.call.type === 'REVIVE')) {
      const { now } = this.#world.timeline;
      must(now - this.#revivedAt >= 100, 'REVIVE rate', () => `after ${now - this.#revivedAt} ms`);
      this.#revivedAt = now;
    }
    this.#checkInstances(after);
    if (event.type === 'update') this.#checkUpdate(before, event, decisions);
    if (event.type === 'offers') this.#checkOffersAnswered(event, decisions);
  }

  #checkInstances(after: CoreState): void {
    this.#config.lanes.forEach(({ name, maxInstances }, lane) => {
      if (maxInstances === Infinity) return;
      let alive = 0;
      for (const executor of after.executors.values()) if (executor.lane === lane) alive++;
      must(alive <= maxInstances, 'max_instances', () => `${alive} executors of ${name}, ${maxInstances} allowed`);
    });
    const busy = [...after.executors.values()].flatMap(({ taskId }) => taskId ?? []);
    must(new Set(busy).size === busy.length, 'one task a worker', () => 'two executors with one task');
  }

  #checkUpdate(
    before: CoreState,
    { status }: Extract<CoreEvent, { type: 'update' }>,
    decisions: readonly Decision[],
  ): void {
    const id = status.task_id.value;
    const over = ENDED.has(status.state);
    const calls = decisions.flatMap((d) => (d.type === 'call' ? d.call : []));
    if (!before.tasks.has(id) && !over && status.agent_id) {
      must(
        calls.some(({ kill }) => kill?.task_id.value === id),
        'two tasks on one lease',
        () => `${id} came back and is not killed`,
      );
    }
    const acknowledged = calls.some(({ acknowledge }) => acknowledge?.task_id.value === id);
    const mayBe = status.uuid !== undefined;
    must(
      acknowledged === mayBe,
      'acknowledgements',
      () => `${id} ${status.state} ${mayBe ? 'is not acknowledged' : 'is acknowledged without uuid'}`,
    );
    if (status.uuid) this.#told.set(status.uuid.join(), { task: id, state: status.state });
  }

  #checkOffersAnswered({ offers }: Extract<CoreEvent, { type: 'offers' }>, decisions: readonly Decision[]): void {
    const answered = decisions.flatMap((d) => {
      if (d.type === 'launch') return d.offerIds;
      return d.type === 'call' ? (d.call.decline?.offer_ids ?? []).map(({ value }) => value) : [];
    });
    const given = offers.map(({ id }) => id.value);
    must(
      answered.length === given.length && given.every((id) => answered.includes(id)),
      'offers',
      () => `offered ${given.join()}, answered ${answered.join()}`,
    );
  }

  // --- calls ---

  calling(call: Omit<SchedulerCall, 'framework_id'>): void {
    const stored = (id: string): boolean => this.#disk.entries.has(keyOf('task', id));
    for (const { task_id } of (call.accept?.operations ?? []).flatMap(({ launch }) => launch?.task_infos ?? [])) {
      must(stored(task_id.value), 'stored before ACCEPT', () => `${task_id.value} is launched and not stored`);
    }
    if (!call.acknowledge) return;
    const { task_id, uuid } = call.acknowledge;
    const told = this.#told.get(uuid.join());
    must(
      told?.task === task_id.value,
      'acknowledgements',
      () => `${task_id.value} is acknowledged, and was not told of`,
    );
    must(
      !ENDED.has(told?.state ?? '') || !stored(task_id.value),
      'acknowledged after commit',
      () => `the end of ${task_id.value} is not stored yet`,
    );
  }

  // --- leases ---

  /** The frontier, watched. */
  watch(frontier: Frontier): Frontier {
    // What was not committed when the last process ended never was.
    this.#frontier = frontier;
    this.#revivedAt = -Infinity;
    this.#holder.clear();
    this.#settled.clear();
    for (const { task, urls } of frontier.sessions()) for (const { id } of urls) this.#holder.set(id, task);
    const watched: Partial<Frontier> = {
      lease: (task, lane, want, now) => {
        const lease = frontier.lease(task, lane, want, now);
        for (const { id, url } of lease.urls) this.#leased(task, id, url);
        return lease;
      },
      settle: (task, settlements, hosts, now) => {
        frontier.settle(task, settlements, hosts, now);
        for (const { id, outcome } of settlements) {
          const holder = this.#holder.get(id);
          must(holder === task, 'one state a URL', () => `${id} is settled by ${task}, which does not hold it`);
          this.#holder.delete(id);
          if (outcome !== 'returned' && outcome !== 'retry') this.#settled.add(id);
        }
      },
      release: (task, now) => {
        for (const [id, holder] of this.#holder) if (holder === task) this.#holder.delete(id);
        return frontier.release(task, now);
      },
    };
    return new Proxy(frontier, {
      get: (target, name): unknown => {
        const own: unknown = Reflect.get(watched, name) ?? Reflect.get(target, name);
        return typeof own === 'function' ? (own.bind(target) as unknown) : own;
      },
    });
  }

  #leased(task: string, id: number, url: string): void {
    const other = this.#holder.get(id);
    must(other === undefined, 'one state a URL', () => `${url} is leased to ${task} and to ${other ?? ''}`);
    must(!this.#settled.has(id), 'one state a URL', () => `${url} is leased to ${task} and settled`);
    const { host } = this.#world.site.at(url);
    this.#holder.set(id, task);
    this.#hostOf.set(id, host);
    if (this.#world.plan.delayMs === 0) return;
    for (const [held, holder] of this.#holder) {
      const shared = holder !== task && this.#hostOf.get(held) === host;
      must(!shared, 'politeness', () => `${host} has a delay, and is with ${task} and ${holder}`);
    }
  }

  /** An answer goes out: what the report brought is stored. */
  answered({ task_id, seq, pages }: Report): void {
    const stored = pages.every((page) =>
      page.records.every(({ json }) => this.#disk.records.includes(Buffer.from(json).toString())),
    );
    must(
      stored,
      'acknowledged after commit',
      () => `report ${seq} of ${task_id} is answered before its records are stored`,
    );
  }

  /** All that an event led to is done. */
  performed({ tasks }: CoreState): void {
    for (const [id, holder] of this.#holder) {
      must(tasks.has(holder), 'leases end with their task', () => `${id} is still with ${holder}, which is over`);
    }
    if (!this.#frontier) return;
    const { discovered, queued, leased, fetched, notModified, redirected, failed, excluded } = this.#frontier.counts();
    const sum = queued + leased + fetched + notModified + redirected + failed + excluded;
    must(sum === discovered, 'one state a URL', () => `${discovered} discovered, ${sum} accounted for`);
  }
}
