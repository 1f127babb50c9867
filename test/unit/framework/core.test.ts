import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { react } from '../../../src/framework/core.ts';
import type { CoreEvent, CoreState, Decision } from '../../../src/framework/core-types.ts';
import { initialState } from '../../../src/framework/initial-state.ts';
import { poolOf, totals } from '../../../src/framework/resources.ts';
import {
  callsOf,
  config,
  demand,
  lane,
  launchesOf,
  offer,
  offers,
  play,
  status,
  subscribed,
  update,
} from './core-play.ts';
import { shortfallText } from '../../../src/framework/shortfalls.ts';
import type { Offer, TaskState } from '../../../src/mesos/messages.generated.ts';

describe('placing', () => {
  test('as many executors start on one offer as cpus and mem allow, and no more', () => {
    const { decisions, state } = play(config(), [demand(9), subscribed, offers(offer('o1', 3.5, 1000))]);
    expect(launchesOf(decisions).map((l) => [l.taskId, l.executor.executor_id.value])).toEqual([
      ['crawler.1', 'e-1'],
      ['crawler.2', 'e-2'],
      ['crawler.3', 'e-3'],
    ]);
    expect(state.shortfalls.map(shortfallText)).toEqual(['crawler: agent S0 has cpus 0.5 of 1']);
  });

  test('an idle executor is used again, with the ExecutorInfo that it had', () => {
    const first = play(config(), [
      demand(1),
      subscribed,
      offers(offer('o1', 1, 128)),
      update(status('crawler.1', 'TASK_FINISHED')),
    ]);
    const again = play(config(), [demand(1), offers(offer('o2', 0.1, 32, 'S0', ['e-1']))], first.state);
    expect(launchesOf(again.decisions)).toEqual([
      expect.objectContaining({ taskId: 'crawler.2', executor: launchesOf(first.decisions)[0]?.executor }),
    ]);
  });

  test('total_tasks is never exceeded, whatever the demand', () => {
    const c = config({ totalTasks: 2 });
    const { decisions } = play(c, [
      demand(9),
      subscribed,
      offers(offer('o1', 8, 4000)),
      demand(9),
      offers(offer('o2', 8, 4000)),
    ]);
    expect(launchesOf(decisions)).toHaveLength(2);
  });

  test('offers without work are declined for long, then silenced; work revives them', () => {
    const idle = play(config(), [subscribed, offers(offer('o1', 4, 4000))]);
    expect(callsOf(idle.decisions)).toEqual(['DECLINE', 'SUPPRESS']);
    expect(callsOf(play(config(), [demand(1)], idle.state).decisions)).toEqual(['REVIVE']);
  });

  test('max_instances holds', () => {
    const c = config({ lanes: [lane('crawler', { maxInstances: 1 })] });
    expect(launchesOf(play(c, [demand(3), subscribed, offers(offer('o', 8, 4000))]).decisions)).toHaveLength(1);
  });

  test('a lane without room gets the place of the idle executor of another', () => {
    const c = config({ lanes: [lane('profile'), lane('board')] });
    const { state } = play(c, [
      demand(1, 0),
      subscribed,
      offers(offer('o1', 1, 128)),
      update(status('profile.1', 'TASK_FINISHED')),
    ]);
    const starved = play(c, [demand(0, 1), offers(offer('o2', 0.1, 32, 'S0', ['e-1']))], state);
    expect(callsOf(starved.decisions)).toContain('SHUTDOWN');
  });

  test('an idle executor leaves after its time', () => {
    const { state } = play(config(), [
      demand(1),
      subscribed,
      offers(offer('o1', 1, 128)),
      update(status('crawler.1', 'TASK_FINISHED')),
    ]);
    expect(callsOf(react(config(), state, { type: 'tick' }, 10_000).decisions)).not.toContain('SHUTDOWN');
    expect(callsOf(react(config(), state, { type: 'tick' }, 40_000).decisions)).toContain('SHUTDOWN');
  });
});

describe('updates', () => {
  const running = play(config(), [
    demand(1),
    subscribed,
    offers(offer('o1', 1, 128)),
    update(status('crawler.1', 'TASK_RUNNING')),
  ]).state;

  test('an update is acknowledged after its effect, and only when it has a uuid', () => {
    const { decisions } = play(config(), [update(status('crawler.1', 'TASK_FINISHED'))], running);
    expect(decisions.map((d) => (d.type === 'call' ? d.call.type : d.type))).toEqual(['ended-task', 'ACKNOWLEDGE']);
    const { uuid: _, ...made } = status('crawler.1', 'TASK_LOST', { source: 'SOURCE_MASTER' });
    expect(callsOf(play(config(), [update(made)], running).decisions)).not.toContain('ACKNOWLEDGE');
  });

  test('a repeated terminal update is acknowledged again and counts once', () => {
    const twice = play(
      config(),
      [update(status('crawler.1', 'TASK_FINISHED')), update(status('crawler.1', 'TASK_FINISHED'))],
      running,
    );
    expect(twice.state.counts.finished).toBe(1);
    expect(callsOf(twice.decisions).filter((c) => c === 'ACKNOWLEDGE')).toHaveLength(2);
  });

  test.each([
    ['TASK_FAILED', 'failed'],
    ['TASK_ERROR', 'failed'],
    ['TASK_KILLED', 'killed'],
    ['TASK_LOST', 'lost'],
    ['TASK_DROPPED', 'lost'],
    ['TASK_UNREACHABLE', 'lost'],
    ['TASK_GONE_BY_OPERATOR', 'lost'],
  ] as const)('%s ends the task as %s', (state, count) => {
    const { state: after, decisions } = play(config(), [update(status('crawler.1', state))], running);
    expect(after.counts).toMatchObject({ launched: 1, [count]: 1 });
    expect(after.tasks.size).toBe(0);
    expect(decisions[0]).toMatchObject({ type: 'ended-task', taskId: 'crawler.1', giveUp: false });
  });

  test('a task that comes back after it was given up is killed: two must not hold one lease', () => {
    const back = play(
      config(),
      [update(status('crawler.1', 'TASK_UNREACHABLE')), update(status('crawler.1', 'TASK_RUNNING'))],
      running,
    );
    expect(callsOf(back.decisions)).toContain('KILL');
  });

  test('an offer that was gone is no failure: the launch does not count', () => {
    const gone = status('crawler.1', 'TASK_DROPPED', { source: 'SOURCE_MASTER', reason: 'REASON_INVALID_OFFERS' });
    const c = config({ totalTasks: 1, onTaskFailure: 'abort' });
    const accepted = play(c, [demand(1), subscribed, offers(offer('o1', 1, 128))]).state;
    const { state } = play(c, [update(gone, 0)], accepted);
    expect(state.counts).toEqual({ launched: 0, finished: 0, failed: 0, killed: 0, lost: 0 });
    expect(state.executors.size).toBe(0);
  });

  test('on_task_failure: abort ends the run at the first failure', () => {
    const { decisions } = play(
      config({ onTaskFailure: 'abort' }),
      [update(status('crawler.1', 'TASK_FAILED', { message: 'no' }))],
      running,
    );
    expect(decisions).toContainEqual({ type: 'abort', message: 'task crawler.1 ended as TASK_FAILED: no' });
  });

  /** Fails one task after another, each without a settled page. */
  function failing(times: number, from: CoreState): Decision[] {
    let state = from;
    const decisions: Decision[] = [];
    for (let i = 0; i < times; i++) {
      const launched = play(config(), [demand(1), offers(offer(`p${i}`, 1, 128))], state);
      const id = launchesOf(launched.decisions)[0]?.taskId ?? 'none';
      const failed = play(
        config(),
        [update(status(id, 'TASK_FAILED', { source: 'SOURCE_AGENT', message: 'no node' }), 0)],
        launched.state,
      );
      state = failed.state;
      decisions.push(...failed.decisions);
    }
    return decisions;
  }

  test('tasks that never get anything done end the run with the reason', () => {
    const fresh = play(config(), [subscribed]).state;
    expect(failing(2, fresh).some((d) => d.type === 'abort')).toBe(false);
    expect(failing(3, fresh)).toContainEqual({
      type: 'abort',
      message: '3 tasks in a row settled nothing; task crawler.3 ended as TASK_FAILED: no node',
    });
  });

  test('where the run gets on otherwise, only the URLs of the task that keeps failing are given up', () => {
    const got = play(config(), [update(status('crawler.1', 'TASK_FINISHED'), 5)], running).state;
    const decisions = failing(3, got);
    expect(decisions.some((d) => d.type === 'abort')).toBe(false);
    expect(decisions.filter((d) => d.type === 'ended-task').map((d) => d.giveUp)).toEqual([false, false, true]);
  });
});

describe('subscription', () => {
  test('on coming back all live tasks are asked about, and old offers are void', () => {
    const { state } = play(config(), [demand(1), subscribed, offers(offer('o1', 1, 128)), { type: 'disconnected' }]);
    const back = play(config(), [subscribed], state);
    expect(back.decisions).toContainEqual({
      type: 'call',
      call: {
        type: 'RECONCILE',
        reconcile: { tasks: [{ task_id: { value: 'crawler.1' }, agent_id: { value: 'S0' } }] },
      },
    });
  });

  test('a removed framework loses its tasks and gets a new id', () => {
    const { state } = play(config(), [demand(1), subscribed, offers(offer('o1', 1, 128))]);
    const { state: after, decisions } = play(
      config(),
      [{ type: 'error', message: 'Framework has been removed' }],
      state,
    );
    expect(after).toMatchObject({ frameworkId: undefined, subscribed: false });
    expect(decisions).toEqual([
      expect.objectContaining({ type: 'ended-task', taskId: 'crawler.1', state: 'TASK_LOST' }),
    ]);
  });

  test('another scheduler with our id ends the run', () => {
    const { decisions } = play(config(), [subscribed, { type: 'error', message: 'Framework failed over' }]);
    expect(decisions).toContainEqual({ type: 'abort', message: 'another scheduler took this framework over' });
  });

  test('it ends by TEARDOWN when told to stop and no task lives', () => {
    const busy = play(config(), [demand(1), subscribed, offers(offer('o1', 1, 128)), { type: 'stop' }]);
    expect(callsOf(busy.decisions)).not.toContain('TEARDOWN');
    const { decisions } = play(config(), [update(status('crawler.1', 'TASK_FINISHED'))], busy.state);
    expect(decisions.slice(-2)).toEqual([
      { type: 'call', call: { type: 'TEARDOWN' } },
      { type: 'ended', torndown: true },
    ]);
  });
});

/** Events by number, made to fit what the core has launched so far. */
const steps = fc.array(
  fc.record({ kind: fc.nat(7), pick: fc.nat(50), cpus: fc.integer({ min: 1, max: 40 }), settled: fc.nat(2) }),
  { maxLength: 60 },
);

test('whatever happens, no offer is overdrawn or used twice, and every launched task is in one count', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 12 }), (list, totalTasks) => {
      const c = config({ lanes: [lane('a'), lane('b', { maxInstances: 2 })], totalTasks, maxTaskRetries: 1000 });
      let state = react(c, initialState(c), subscribed, 0).state;
      const open = new Map<string, Offer>();
      const started = new Set<string>();
      for (const [i, step] of list.entries()) {
        const task = [...state.tasks.keys()][step.pick % Math.max(1, state.tasks.size)];
        const ends: TaskState[] = ['TASK_FINISHED', 'TASK_FAILED', 'TASK_LOST', 'TASK_RUNNING', 'TASK_KILLED'];
        const fresh = offer(`o${i}`, step.cpus / 10, step.cpus * 20, `S${step.pick % 3}`);
        const events: CoreEvent[] = [
          demand(step.pick % 4, step.pick % 3),
          offers(fresh),
          offers(fresh, offer(`x${i}`, 2, 512, 'S1')),
          update(status(task ?? 'never', ends[step.pick % ends.length] ?? 'TASK_LOST'), step.settled),
          { type: 'failure', agentId: `S${step.pick % 3}`, executorId: [...state.executors.keys()][0] },
          { type: 'disconnected' },
          subscribed,
          { type: 'tick' },
        ];
        const event = events[step.kind] ?? { type: 'tick' };
        if (event.type === 'offers') for (const o of event.offers) open.set(o.id.value, o);
        if (event.type === 'disconnected' || event.type === 'subscribed') open.clear();
        const reaction = react(c, state, event, i * 50);
        state = reaction.state;
        for (const decision of reaction.decisions) answerOffers(decision, open, started);
        const { launched, finished, failed, killed, lost } = state.counts;
        expect(launched).toBe(finished + failed + killed + lost + state.tasks.size);
        expect(launched).toBeLessThanOrEqual(totalTasks);
      }
    }),
    { numRuns: 500 },
  );
});

/** Takes the offers of a decision out of `open`; fails when one is not there or gives less than is taken of it. */
function answerOffers(decision: Decision, open: Map<string, Offer>, started: Set<string>): void {
  const ids =
    decision.type === 'launch'
      ? decision.offerIds
      : decision.type === 'call'
        ? (decision.call.decline?.offer_ids ?? []).map((id) => id.value)
        : [];
  const used = ids.map((id) => open.get(id));
  for (const id of ids) expect(open.delete(id)).toBe(true);
  if (decision.type !== 'launch') return;
  const given = totals(poolOf(used.filter((o) => o !== undefined)));
  const taken = decision.launches.flatMap((launch) => {
    const id = launch.executor.executor_id.value;
    const running = started.has(id);
    started.add(id);
    return [...launch.resources, ...(running ? [] : (launch.executor.resources ?? []))];
  });
  const sum = totals(poolOf([{ ...offer('sum', 0, 0), resources: taken }]));
  expect(given.cpus - sum.cpus).toBeGreaterThanOrEqual(0);
  expect(given.mem - sum.mem).toBeGreaterThanOrEqual(0);
}
