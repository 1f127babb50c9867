import fc from 'fast-check';
import type { Quotas } from '../../src/frontier/quotas.ts';
import type { FrontierSettings, NewUrl, Settlement } from '../../src/frontier/types.ts';
import { newUrl, ROBOTS } from './frontier-contract.ts';
import { type Finds, TASKS, type Watched } from './watched-frontier.ts';

const HOSTS = ['http://a', 'http://b', 'http://c'];

export type Step =
  | { readonly type: 'add'; readonly urls: readonly NewUrl[] }
  | { readonly type: 'lease'; readonly task: number; readonly want: number }
  | {
      readonly type: 'settle';
      readonly task: number;
      readonly outcomes: readonly Settlement['outcome'][];
      readonly finds: Finds;
    }
  | { readonly type: 'learn'; readonly task: number; readonly host: number; readonly delayMs: number | undefined }
  | { readonly type: 'release'; readonly task: number }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'cut' }
  | { readonly type: 'write' }
  | { readonly type: 'kill'; readonly survivors: readonly string[] };

export interface Story {
  readonly settings: FrontierSettings;
  readonly steps: readonly Step[];
}

const task = fc.nat({ max: TASKS.length - 1 });

const outcome = fc.constantFrom<Settlement['outcome']>(
  'fetched',
  'fetched',
  'not-modified',
  'redirected',
  'failed',
  'excluded',
  'retry',
  'returned',
);

/** Pages with an even number are of the kind that is counted. */
const evenPages = (limit: number): Quotas => ({
  limits: [limit],
  reasons: ['quota even'],
  of: (url) => (/[02468]$/.test(url) ? 0 : undefined),
});

const settings: fc.Arbitrary<FrontierSettings> = fc.record({
  lanes: fc.integer({ min: 1, max: 2 }),
  order: fc.constantFrom('bfs', 'dfs', 'priority'),
  maxPages: fc.constantFrom(Infinity, Infinity, 7, 25),
  maxPagesPerHost: fc.constantFrom(Infinity, Infinity, 4, 12),
  quotas: fc.constantFrom(undefined, undefined, evenPages(3), evenPages(10)),
  politeness: fc.record({
    delayMs: fc.constantFrom(0, 0, 200, 1000),
    perHost: fc.integer({ min: 1, max: 5 }),
    robots: fc.boolean(),
  }),
  hostFailures: fc.constantFrom({ backOffAfter: 1, giveUpAfter: 4 }, { backOffAfter: 2, giveUpAfter: Infinity }),
  hotUrls: fc.constantFrom(0, 5, 1000),
});

function stepsOf(lanes: number, kills: boolean): fc.Arbitrary<Step[]> {
  const address = fc.tuple(fc.constantFrom(...HOSTS), fc.nat({ max: 30 })).map(([host, page]) => `${host}/${page}`);
  const url = fc
    .record({
      address,
      lane: fc.nat({ max: lanes - 1 }),
      depth: fc.nat({ max: 3 }),
      priority: fc.integer({ min: -1, max: 1 }),
    })
    .map(({ address, ...rest }) => newUrl(address, rest));
  const finds = fc.record({ links: fc.array(url, { maxLength: 8 }), excluded: fc.array(address, { maxLength: 3 }) });
  const type = <T extends Step['type']>(name: T): fc.Arbitrary<T> => fc.constant(name);
  const calls: fc.Arbitrary<Step>[] = [
    fc.record({ type: type('add'), urls: fc.array(url, { maxLength: 30 }) }),
    fc.record({ type: type('lease'), task, want: fc.nat({ max: 8 }) }),
    fc.record({ type: type('settle'), task, outcomes: fc.array(outcome, { maxLength: 8 }), finds }),
    fc.record({
      type: type('learn'),
      task,
      host: fc.nat({ max: HOSTS.length - 1 }),
      delayMs: fc.option(fc.constantFrom(0, 300), { nil: undefined }),
    }),
    fc.record({ type: type('release'), task }),
    fc.record({ type: type('wait'), ms: fc.nat({ max: 1500 }) }),
    fc.record({ type: type('cut') }),
    fc.record({ type: type('write') }),
  ];
  if (kills) calls.push(fc.record({ type: type('kill'), survivors: fc.subarray(TASKS) }));
  return fc.array(fc.oneof(...calls), { maxLength: 80 });
}

/** Any settings, and any calls with commits between; with `kills` the process may die at any point. */
export const storyOf = (kills: boolean): fc.Arbitrary<Story> =>
  settings.chain((settings) => fc.record({ settings: fc.constant(settings), steps: stepsOf(settings.lanes, kills) }));

export async function play(watched: Watched, step: Step): Promise<void> {
  switch (step.type) {
    case 'add':
      watched.add(step.urls);
      break;
    case 'lease':
      await watched.lease(TASKS[step.task] ?? '', step.want);
      break;
    case 'settle':
      watched.settle(TASKS[step.task] ?? '', step.outcomes, [], step.finds);
      break;
    case 'learn': {
      const host = HOSTS[step.host] ?? '';
      const delayMs = step.delayMs === undefined ? {} : { delayMs: step.delayMs };
      watched.settle(TASKS[step.task] ?? '', [], [{ host, robots: ROBOTS, ...delayMs }]);
      break;
    }
    case 'release':
      watched.release(TASKS[step.task] ?? '');
      break;
    case 'wait':
      watched.now += step.ms;
      break;
    case 'cut':
      watched.cut();
      break;
    case 'write':
      await watched.write();
      break;
    case 'kill':
      await watched.kill(step.survivors);
      break;
  }
  watched.check();
}

/** All tasks work until every one is told that it is done. @returns false when that takes longer than it ever may */
export async function workToTheEnd(watched: Watched): Promise<boolean> {
  for (let rounds = 0; rounds < 3000; rounds++) {
    let done = 0;
    let pauseMs = 1000;
    for (const name of TASKS) {
      const held = [...watched.held(name).values()];
      const hosts = new Set(held.map(({ url }) => new URL(url).origin));
      const reports = [...hosts].map((host) => ({
        host,
        robots: ROBOTS,
        notBefore: watched.now + watched.delayOf(host),
      }));
      watched.settle(
        name,
        held.map((_, i) => (i === 2 ? 'retry' : 'fetched')),
        reports,
      );
      const lease = await watched.lease(name, 4);
      if (lease.done) done++;
      else pauseMs = Math.min(pauseMs, lease.count > 0 ? 1 : lease.pauseMs);
      watched.check();
    }
    if (done === TASKS.length && watched.frontier.counts().leased === 0) return true;
    watched.now += pauseMs;
  }
  return false;
}
