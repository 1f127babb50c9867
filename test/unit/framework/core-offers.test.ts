import { describe, expect, test } from 'vitest';
import { compileConstraints } from '../../../src/framework/constraints.ts';
import { react } from '../../../src/framework/core.ts';
import type { CoreEvent, Decision } from '../../../src/framework/core-types.ts';
import { shortfallText } from '../../../src/framework/shortfalls.ts';
import type { InverseOffer } from '../../../src/mesos/messages.generated.ts';
import {
  callOf,
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

const refused = (decisions: readonly Decision[]): readonly (number | undefined)[] =>
  decisions.flatMap((d) => {
    if (d.type === 'launch') return [d.refuseSeconds];
    return d.type === 'call' && d.call.decline ? [d.call.decline.filters?.refuse_seconds] : [];
  });

const role = (name: string) => ({ allocation_info: { role: name } });
const rack = (value: string) => ({ attributes: [{ name: 'rack', type: 'TEXT' as const, text: { value } }] });

describe('roles', () => {
  const c = config({ roles: ['a', 'b'] });

  test('offers of two roles on one agent are answered apart, and never used together', () => {
    const { decisions } = play(c, [
      demand(9),
      subscribed,
      offers(offer('o1', 0.6, 100, 'S0', [], role('a')), offer('o2', 0.6, 100, 'S0', [], role('b'))),
    ]);
    expect(launchesOf(decisions)).toEqual([]);
    expect(callsOf(decisions).filter((type) => type === 'DECLINE')).toHaveLength(2);
  });

  test('two offers of one role on one agent are used together', () => {
    const two = offers(offer('o1', 0.6, 100, 'S0', [], role('a')), offer('o2', 0.6, 100, 'S0', [], role('a')));
    const { decisions } = play(c, [demand(9), subscribed, two]);
    expect(decisions.find(({ type }) => type === 'launch')).toMatchObject({ offerIds: ['o1', 'o2'] });
  });

  test('an executor gets tasks of the role that it was started with only', () => {
    const { state } = play(c, [
      demand(1),
      subscribed,
      offers(offer('o1', 1, 128, 'S0', [], role('a'))),
      update(status('crawler.1', 'TASK_FINISHED')),
    ]);
    const other = play(c, [demand(1), offers(offer('o2', 0.1, 32, 'S0', ['e-1'], role('b')))], state);
    expect(launchesOf(other.decisions)).toEqual([]);
    const own = play(c, [demand(1), offers(offer('o2', 0.1, 32, 'S0', ['e-1'], role('a')))], state);
    expect(launchesOf(own.decisions)).toHaveLength(1);
  });

  test('an offer to a role that is not ours is not used, and said so', () => {
    const { state, decisions } = play(c, [demand(1), subscribed, offers(offer('o1', 4, 4000, 'S0', [], role('x')))]);
    expect(refused(decisions)).toEqual([600]);
    expect(state.shortfalls.map(shortfallText)).toEqual(['crawler: agent S0 is offered to role x, not to a, b']);
  });
});

describe('constraints', () => {
  const constraints = compileConstraints([{ attribute: 'rack', operator: 'MAX_PER', count: 1 }]);
  const c = config({ lanes: [lane('crawler', { constraints })] });

  test('hold over one answer and the next', () => {
    const first = play(c, [demand(9), subscribed, offers(offer('o1', 4, 4000, 'S0', [], rack('r1')))]);
    expect(launchesOf(first.decisions)).toHaveLength(1);
    const second = play(
      c,
      [offers(offer('o2', 3, 3000, 'S0', ['e-1'], rack('r1')), offer('o3', 4, 4000, 'S1', [], rack('r2')))],
      first.state,
    );
    expect(second.decisions.flatMap((d) => (d.type === 'launch' ? [d.agentId] : []))).toEqual(['S1']);
    expect(second.state.shortfalls.map(shortfallText)).toContain(
      'crawler: agent S0 does not fit: at most 1 for each rack',
    );
  });

  test('an agent that never fits is refused for long, one that is full for a short time', () => {
    const only = compileConstraints([{ attribute: 'rack', operator: 'IS', values: ['r1'] }]);
    const strict = config({ lanes: [lane('crawler', { constraints: only })] });
    const { decisions } = play(strict, [
      demand(1),
      subscribed,
      offers(offer('o1', 4, 4000, 'S0', [], rack('r2')), offer('o2', 0.5, 4000, 'S1', [], rack('r1'))),
    ]);
    expect(refused(decisions)).toEqual([600, 5]);
    expect(callsOf(decisions)).not.toContain('SUPPRESS');
  });
});

describe('maintenance', () => {
  const window = (from: number, to: number) => ({
    start: { nanoseconds: from * 1e6 },
    duration: { nanoseconds: (to - from) * 1e6 },
  });
  const inverse = (agent?: string): CoreEvent => {
    const base: InverseOffer = {
      id: { value: 'i1' },
      framework_id: { value: 'F' },
      unavailability: window(10_000, 60_000),
    };
    return {
      type: 'inverse-offers',
      inverseOffers: [{ ...base, ...(agent !== undefined && { agent_id: { value: agent } }) }],
    };
  };
  const running = play(config(), [demand(1), subscribed, offers(offer('o1', 1, 128))]).state;

  test('the agent is given back: what runs goes on, nothing is launched there, idle executors leave', () => {
    const told = play(config(), [inverse('S0')], running);
    expect(callOf(told.decisions, 'ACCEPT_INVERSE_OFFERS')).toMatchObject({
      call: { accept_inverse_offers: { inverse_offer_ids: [{ value: 'i1' }] } },
    });
    expect(callsOf(told.decisions)).not.toContain('KILL');
    const idle = play(config(), [update(status('crawler.1', 'TASK_FINISHED')), { type: 'tick' }], told.state);
    expect(callsOf(idle.decisions)).toContain('SHUTDOWN');
    const unavailability = window(10_000, 60_000);
    const again = play(
      config(),
      [demand(1), offers(offer('o2', 4, 4000, 'S0', ['e-1'], { unavailability }))],
      idle.state,
    );
    expect(launchesOf(again.decisions)).toEqual([]);
    expect(refused(again.decisions)).toEqual([30]);
    expect(again.state.shortfalls.map(shortfallText)).toEqual(['crawler: agent S0 is up for maintenance']);
  });

  test('an offer that says nothing of it ends it, as does its own end and a rescinded inverse offer', () => {
    const { state } = play(config(), [subscribed, inverse('S0')]);
    expect(launchesOf(play(config(), [demand(1), offers(offer('o2', 4, 4000))], state).decisions)).toHaveLength(1);
    const gone = play(config(), [{ type: 'rescind-inverse', inverseOfferId: 'i1' }], state).state;
    expect(gone.maintenance.size).toBe(0);
    const late = offers(offer('o2', 4, 4000, 'S0', [], { unavailability: window(10_000, 60_000) }));
    const { state: waiting } = react(config(), state, demand(1), 61_000);
    expect(launchesOf(react(config(), waiting, late, 61_000).decisions)).toHaveLength(1);
  });

  test('a window far off is no reason to wait', () => {
    const unavailability = window(86_400_000, 2 * 86_400_000);
    const { decisions } = play(config(), [
      demand(1),
      subscribed,
      offers(offer('o1', 1, 128, 'S0', [], { unavailability })),
    ]);
    expect(launchesOf(decisions)).toHaveLength(1);
  });

  test('an inverse offer for no agent in particular is declined', () => {
    expect(callsOf(play(config(), [inverse()], running).decisions)).toEqual(['DECLINE_INVERSE_OFFERS']);
  });
});

describe('asking for offers', () => {
  test.each([100, 5])('at most every %i ms', (reviveIntervalMs) => {
    const c = config({ reviveIntervalMs });
    const { state } = play(c, [subscribed, offers(offer('o1', 4, 4000))]);
    const first = react(c, state, demand(1), 5000);
    expect(callsOf(first.decisions)).toEqual(['REVIVE']);
    const failure: CoreEvent = { type: 'failure', agentId: 'S9' };
    const early = react(c, first.state, failure, 5000 + reviveIntervalMs - 1);
    expect(callsOf(early.decisions)).toEqual([]);
    expect(callsOf(react(c, early.state, { type: 'tick' }, 5000 + reviveIntervalMs).decisions)).toEqual(['REVIVE']);
  });

  test('not while max_instances are at work: offers are silenced until one is free', () => {
    const c = config({ lanes: [lane('crawler', { maxInstances: 1 })] });
    const busy = play(c, [demand(5), subscribed, offers(offer('o1', 4, 4000))]);
    expect(callsOf(busy.decisions)).toEqual(['SUPPRESS']);
    expect(busy.state.shortfalls.map(shortfallText)).toEqual(['crawler: max_instances (1) are at work']);
    const free = play(c, [update(status('crawler.1', 'TASK_FINISHED'))], busy.state, 9000);
    expect(callsOf(free.decisions)).toContain('REVIVE');
  });

  test('work of a kind that had none lifts refusals that were made for others', () => {
    const c = config({ lanes: [lane('profile'), lane('board')] });
    const { state } = play(c, [demand(1, 0), subscribed, offers(offer('o1', 0.5, 64))]);
    expect(callsOf(play(c, [demand(1, 1)], state, 9000).decisions)).toContain('REVIVE');
  });
});

describe('why nothing is launched', () => {
  const why = (events: readonly CoreEvent[], c = config()): readonly string[] =>
    play(c, events).state.shortfalls.map(shortfallText);

  test.each([
    ['no master', [demand(1)], ['crawler: there is no subscription to a master']],
    ['no offer', [subscribed, demand(1)], ['crawler: no offer has come for role *']],
    [
      'too little',
      [subscribed, demand(1), offers(offer('o1', 0.5, 64))],
      ['crawler: agent S0 has cpus 0.5 of 1, mem 64 of 128'],
    ],
    ['nothing waits', [subscribed, demand(0)], []],
    [
      'politeness',
      [subscribed, { type: 'demand', demand: [0], restingUntil: 3_723_000 }],
      ['crawler: every host with waiting URLs rests, the first until 01:02:03 UTC'],
    ],
  ] satisfies [string, CoreEvent[], string[]][])('%s', (_, events, want) => {
    expect(why(events)).toEqual(want);
  });

  test('total_tasks', () => {
    const spent = [subscribed, demand(2), offers(offer('o1', 4, 4000))];
    expect(why(spent, config({ totalTasks: 1 }))).toEqual(['crawler: total_tasks (1) have been launched']);
  });

  test('each agent keeps its last reason, until it is lost or work no longer waits', () => {
    const { state } = play(config(), [
      subscribed,
      demand(1),
      offers(offer('o1', 0.5, 64)),
      offers(offer('o2', 0.2, 640, 'S1')),
    ]);
    expect(state.shortfalls.map(shortfallText)).toEqual([
      'crawler: agent S0 has cpus 0.5 of 1, mem 64 of 128',
      'crawler: agent S1 has cpus 0.2 of 1',
    ]);
    const lost = play(config(), [{ type: 'failure', agentId: 'S0' }], state, 9000).state;
    expect(lost.shortfalls.map(shortfallText)).toEqual(['crawler: agent S1 has cpus 0.2 of 1']);
    expect(play(config(), [demand(0)], state, 9000).state.shortfalls).toEqual([]);
    expect(state.offerCounts).toEqual({ received: 2, used: 0, refused: { crawler: { cpus: 2 } } });
  });
});
