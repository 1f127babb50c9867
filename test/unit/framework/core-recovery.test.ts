import { describe, expect, test } from 'vitest';
import { react } from '../../../src/framework/core.ts';
import type { CoreEvent, CoreState, Decision } from '../../../src/framework/core-types.ts';
import { initialState, remembered, restoreState } from '../../../src/framework/initial-state.ts';
import {
  callOf,
  callsOf,
  config,
  demand,
  launchesOf,
  offer,
  offers,
  play,
  status,
  subscribed,
  update,
} from './core-play.ts';

const TICK: CoreEvent = { type: 'tick' };
const running = play(config(), [
  demand(1),
  subscribed,
  offers(offer('o1', 1, 128)),
  update(status('crawler.1', 'TASK_RUNNING')),
]).state;

const asked = (decisions: readonly Decision[]): readonly (readonly string[])[] =>
  decisions.flatMap((d) =>
    d.type === 'call' && d.call.reconcile ? [(d.call.reconcile.tasks ?? []).map(({ task_id }) => task_id.value)] : [],
  );

describe('a scheduler that starts again', () => {
  const stored: unknown = JSON.parse(JSON.stringify(remembered(running)));
  const restored = restoreState(config(), stored as ReturnType<typeof remembered>);

  test('has its tasks and executors, and asks about them', () => {
    const { state, decisions } = play(config(), [subscribed], restored);
    expect([...state.tasks.keys()]).toEqual(['crawler.1']);
    expect(asked(decisions)).toEqual([['crawler.1']]);
  });

  test('uses its executors again, as they were, and no id twice', () => {
    const { decisions } = play(
      config(),
      [
        subscribed,
        update(status('crawler.1', 'TASK_FINISHED')),
        demand(1),
        offers(offer('o2', 0.1, 32, 'S0', ['e-1'])),
      ],
      restored,
    );
    expect(launchesOf(decisions)).toEqual([
      expect.objectContaining({ taskId: 'crawler.2', executor: running.executors.get('e-1')?.info }),
    ]);
  });

  test('counts what was launched before towards total_tasks', () => {
    const c = config({ totalTasks: 1 });
    const { decisions } = play(
      c,
      [subscribed, update(status('crawler.1', 'TASK_FINISHED')), demand(1), offers(offer('o2', 4, 4000))],
      restoreState(c, remembered(running)),
    );
    expect(launchesOf(decisions)).toEqual([]);
  });

  test('sends away executors of a kind that the job no longer has', () => {
    const idle = play(config(), [update(status('crawler.1', 'TASK_FINISHED'))], running).state;
    const [executor] = remembered(idle).executors;
    if (!executor) throw new Error('no executor');
    const other = restoreState(config(), { ...remembered(idle), executors: [{ ...executor, lane: 7 }] });
    const { decisions } = play(config(), [subscribed, demand(1), offers(offer('o2', 1, 128, 'S0', ['e-1']))], other);
    expect(launchesOf(decisions).map(({ executor: info }) => info.executor_id.value)).toEqual(['e-2']);
  });
});

describe('stopping', () => {
  test('for good waits for the tasks; to go on later it ends at once, and leaves them alone', () => {
    expect(play(config(), [{ type: 'stop' }], running).decisions).toEqual([]);
    expect(play(config(), [{ type: 'stop', keep: true }], running).decisions).toEqual([
      { type: 'ended', torndown: false },
    ]);
  });

  test('without a master there is nobody to tear the framework down', () => {
    const { decisions } = play(
      config(),
      [{ type: 'disconnected' }, { type: 'stop' }],
      play(config(), [subscribed]).state,
    );
    expect(decisions).toEqual([{ type: 'ended', torndown: false }]);
  });
});

describe('reconciliation', () => {
  /** Ticks every second, and notes at which second something was asked. */
  function ticks(seconds: number, from: CoreState, at: number): { state: CoreState; at: number[] } {
    let state = from;
    const times: number[] = [];
    for (let s = 0; s < seconds; s++) {
      const reaction = react(config(), state, TICK, at + s * 1000);
      state = reaction.state;
      if (callOf(reaction.decisions, 'RECONCILE')) times.push(s);
    }
    return { state, at: times };
  }

  test('is repeated, ever more seldom, while a task does not answer', () => {
    const { state } = play(config(), [{ type: 'disconnected' }, subscribed], running);
    expect(ticks(200, state, 2000).at).toEqual([1, 3, 7, 15, 31, 63, 123, 183]);
  });

  test('asks for unknown tasks when all have answered, then every quarter of an hour', () => {
    const { state, decisions } = play(
      config(),
      [{ type: 'disconnected' }, subscribed, update(status('crawler.1', 'TASK_RUNNING', { source: 'SOURCE_MASTER' }))],
      running,
    );
    expect(asked(decisions)).toEqual([['crawler.1'], []]);
    expect(ticks(1000, state, 3000).at).toEqual([900, 901, 903, 907, 915, 931, 963]);
  });

  test('a framework that comes back without tasks asks what the master knows', () => {
    const back = play(config(), [{ type: 'disconnected' }, subscribed], play(config(), [subscribed]).state);
    expect(asked(back.decisions)).toEqual([[]]);
    expect(asked(play(config(), [subscribed]).decisions)).toEqual([]);
  });

  test('a task that was accepted and never heard of is asked about after a minute', () => {
    const { state } = play(config(), [demand(1), subscribed, offers(offer('o1', 1, 128))]);
    expect(ticks(62, state, 3000).at).toEqual([60, 61]);
  });

  test('an executor that ended has its task asked about at the next tick', () => {
    const { decisions } = play(config(), [{ type: 'failure', agentId: 'S0', executorId: 'e-1' }, TICK], running);
    expect(asked(decisions)).toEqual([['crawler.1']]);
  });

  test('an answer that trails does not make a running task one that starts', () => {
    const { state } = play(config(), [update(status('crawler.1', 'TASK_STARTING'))], running);
    expect(state.tasks.get('crawler.1')?.phase).toBe('running');
  });
});

describe('executors that offers name', () => {
  const idle = play(config(), [update(status('crawler.1', 'TASK_FINISHED'))], running).state;

  test('one that nobody knows is told to leave', () => {
    const { decisions } = play(config(), [subscribed, offers(offer('o1', 1, 128, 'S0', ['who']))]);
    expect(callOf(decisions, 'SHUTDOWN')).toMatchObject({ call: { shutdown: { executor_id: { value: 'who' } } } });
  });

  test('an idle one that is not named has ended: a new one starts in its place', () => {
    const { decisions } = play(config(), [demand(1), offers(offer('o2', 1, 128, 'S0', []))], idle);
    expect(launchesOf(decisions).map(({ executor }) => executor.executor_id.value)).toEqual(['e-2']);
  });

  test('one that reported its end and then died gets no other task', () => {
    const { state } = play(
      config(),
      [{ type: 'failure', agentId: 'S0', executorId: 'e-1' }, update(status('crawler.1', 'TASK_FINISHED'))],
      running,
    );
    expect(
      launchesOf(play(config(), [demand(1), offers(offer('o2', 0.1, 32, 'S0', ['e-1']))], state).decisions),
    ).toEqual([]);
  });

  test('one that was told to leave and is not heard of is forgotten', () => {
    const told = react(config(), idle, TICK, 60_000);
    expect(callsOf(told.decisions)).toContain('SHUTDOWN');
    expect(react(config(), told.state, TICK, 89_000).state.executors.size).toBe(1);
    expect(react(config(), told.state, TICK, 91_000).state.executors.size).toBe(0);
  });
});

test('what is lost with its agent does not count against the work: three agents gone end no run', () => {
  let state = initialState(config());
  state = play(config({ maxTaskRetries: 0 }), [subscribed], state).state;
  for (let i = 1; i <= 3; i++) {
    const { state: after, decisions } = play(
      config({ maxTaskRetries: 0 }),
      [
        demand(1),
        offers(offer(`o${i}`, 1, 128)),
        update(status(`crawler.${i}`, 'TASK_UNREACHABLE', { source: 'SOURCE_MASTER' }), 0),
      ],
      state,
    );
    expect(decisions.some(({ type }) => type === 'abort')).toBe(false);
    state = after;
  }
  expect(state.counts.lost).toBe(3);
});

test('a worker that ended while its next task was under way is no failure of the task', () => {
  const c = config({ onTaskFailure: 'abort' });
  const idle = play(c, [update(status('crawler.1', 'TASK_FINISHED'))], running).state;
  const invalid = status('crawler.2', 'TASK_ERROR', { source: 'SOURCE_MASTER', reason: 'REASON_TASK_INVALID' });
  const { decisions } = play(c, [demand(1), offers(offer('o2', 0.1, 32, 'S0', ['e-1'])), update(invalid, 0)], idle);
  expect(decisions.some(({ type }) => type === 'abort')).toBe(false);
});
