import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/framework/summary.ts';
import { start } from '../support/command.ts';
import { endedIn, type Expected, everySinkJob, linesOf, settledIn, undisturbed } from '../support/crawl-check.ts';
import { type ManyHosts, manyHosts } from '../support/many-hosts.ts';
import { childrenOf, isGone, killNow, seeded } from '../support/processes.ts';
import { workspace } from '../support/workspace.ts';

const KILLS = 50;
const KILLS_A_RUN = 10;

interface Disturbed {
  readonly kills: number;
  readonly urls: Summary['urls'];
  readonly lines: Record<string, string[]>;
  /** URLs that were fetched again though they had been committed. */
  readonly repeated: readonly string[];
}

/** Runs the job, kills scheduler, executors or both at moments that the seed decides, and runs it again until it ends. */
async function disturbed(site: ManyHosts, seed: number, most: number): Promise<Disturbed> {
  const random = seeded(seed);
  await using space = await workspace(everySinkJob(site));
  const committed: { readonly urls: ReadonlySet<string>; readonly from: number }[] = [];
  let kills = 0;
  for (;;) {
    const { child, finished } = start(['run', space.job], space.directory);
    const pid = child.pid ?? -1;
    let scheduler = true;
    while (scheduler && kills < most) {
      const over = await Promise.race([finished, sleep(400 + random() * 700)]);
      if (over) break;
      const which = Math.floor(random() * 4);
      const executors = await childrenOf(pid);
      if (which !== 1) scheduler = false;
      if (which > 0) for (const executor of executors) if (which === 3 || random() < 0.5) killNow(executor);
      if (!scheduler) killNow(pid);
      kills++;
    }
    const { code, stderr } = await finished;
    if (scheduler) expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    // A process may be killed when its crawl is over and it has yet to say so: the same command would begin another.
    const ended = await endedIn(space);
    if (ended !== undefined) {
      const repeated = committed.flatMap(({ urls, from }) => site.requests.slice(from).filter((url) => urls.has(url)));
      return { kills, urls: ended, lines: await linesOf(space), repeated };
    }
    expect(scheduler).toBe(false);
    // What the killed process had committed, and all requests from now on.
    const urls = await settledIn(space);
    committed.push({ urls, from: site.requests.length });
  }
}

test('workers of a command that is killed leave by themselves', { timeout: 60_000 }, async () => {
  await using site = await manyHosts({ hosts: 2, pages: 400, slowMs: 100 });
  await using space = await workspace(everySinkJob(site));
  const { child, finished } = start(['run', space.job, '--quiet'], space.directory);
  while (site.requests.length < 20) await sleep(20);
  const workers = await childrenOf(child.pid ?? -1);
  expect(workers).toHaveLength(2);
  killNow(child.pid ?? -1);
  await finished;
  const gone = async (): Promise<boolean> => (await Promise.all(workers.map(isGone))).every(Boolean);
  // At once; the patience is for a busy machine. Waiting for someone to report to would take minutes.
  for (let i = 0; i < 200 && !(await gone()); i++) await sleep(50);
  expect(await gone()).toBe(true);
});

describe('kill -9 at random moments', { timeout: 600_000 }, () => {
  test(`${KILLS} kills of scheduler, executors or both lose nothing, write nothing twice, and fetch nothing again that was committed`, async () => {
    await using site = await manyHosts({ hosts: 4, pages: 2000, slowMs: 20 });
    const expected: Expected = await undisturbed(site);
    expect(expected.lines['out/page.jsonl']?.length).toBeGreaterThan(1500);
    let kills = 0;
    for (let seed = 1; kills < KILLS; seed++) {
      const run = await disturbed(site, seed, Math.min(KILLS_A_RUN, KILLS - kills));
      kills += run.kills;
      console.log(`seed ${seed}: ${run.kills} kills`);
      const where = `seed ${seed}`;
      expect({ where, repeated: run.repeated }).toEqual({ where, repeated: [] });
      expect({ where, urls: run.urls }).toEqual({ where, urls: expected.urls });
      for (const [file, lines] of Object.entries(expected.lines)) {
        expect({ where, file, lines: run.lines[file] }).toEqual({ where, file, lines });
      }
    }
  });
});
