import { join } from 'node:path';
import { expect, test } from 'vitest';
import { USERS } from '../../../src/cli/demo/profiles.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { startDemoSite } from '../../../src/cli/demo/site.ts';
import { compilePlan } from '../../../src/extract/plan.ts';
import type { Extraction } from '../../../src/extract/types.ts';
import { loadJob } from '../../../src/job/load.ts';

async function read(url: string): Promise<Extraction> {
  const file = join(import.meta.dirname, '../../../jobs/pinterest.yaml');
  const { job } = await loadJob(file, { env: {}, cwd: import.meta.dirname });
  const plan = await compilePlan({ extractors: job.extractors, follow: job.follow, parser: job.parser });
  const response = await fetch(url);
  return plan.extract({
    url,
    seed: url,
    depth: 0,
    status: response.status,
    headers: {},
    html: PageText.of(await response.text()),
    fetchedAt: 0,
    job: job.name,
    task: 't1',
  });
}

test.each(USERS)('jobs/pinterest.yaml reads the profile and the boards of $name, typed', async (user) => {
  await using site = await startDemoSite();
  const { records, invalid, links } = await read(site.url + user.path);
  const absolute = <T extends { readonly src: string }>(image: T): T => ({ ...image, src: site.url + image.src });

  expect(invalid).toEqual([]);
  expect(records.map((record) => record.value)).toEqual([
    {
      name: user.name,
      bio: user.bio,
      location: user.location ?? null,
      website: user.website ?? null,
      facebook: user.facebook ?? null,
      twitter: user.twitter ?? null,
      boards_count: user.boards.length,
      pins_count: user.boards.reduce((sum, board) => sum + board.pins, 0),
      likes_count: user.likes,
      followers_count: user.followers,
      following_count: user.following,
    },
    ...user.boards.map((board) => ({
      title: board.title,
      full_name: board.fullName,
      href: site.url + board.path,
      pin_count: board.pins,
      cover: absolute(board.cover),
      thumbs: board.thumbs.map(absolute),
    })),
  ]);
  expect(links.map((link) => link.url)).toEqual(user.follows.map((path) => site.url + path));
});

test('a suspended user gives no record, and that is no fault', async () => {
  await using site = await startDemoSite();
  const { records, invalid, skipped } = await read(`${site.url}/ghostpins/`);
  expect({ records, invalid, skipped }).toEqual({ records: [], invalid: [], skipped: ['profile'] });
});
