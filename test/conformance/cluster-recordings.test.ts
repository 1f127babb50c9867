import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { play } from './cluster/player.ts';
import { scenarioOf } from './cluster/scenarios.ts';
import { page, type Result } from './cluster/table.ts';
import { scenarioNames, transcript } from './cluster/transcript.ts';

const all = scenarioNames().flatMap((name) => (['json', 'protobuf'] as const).map((codec) => ({ name, codec })));
const results: Result[] = [];

// Mostly waiting for processes and sockets: several at a time.
describe.concurrent('the embedded cluster does what a real Mesos did', () => {
  test.each(all)('$name in $codec', { timeout: 120_000 }, async ({ name, codec }) => {
    const recorded = transcript(name, codec);
    const result = { name, codec, ...(await play(recorded, scenarioOf(name, recorded.media))) };
    results.push(result);
    expect(result.differences).toEqual([]);
  });
});

test('docs/conformance.md says what was found', async () => {
  expect(results.length).toBe(all.length);
  const file = join(import.meta.dirname, '../../docs/conformance.md');
  const text = await format(page(results), { ...(await resolveConfig(file)), filepath: file });
  await expect(text).toMatchFileSnapshot(file);
});

test('the player tells a difference: one number of one recorded event', { timeout: 60_000 }, async () => {
  const recorded = transcript('12b-master-sigterm', 'json');
  const text = JSON.stringify(recorded.entries).replace(
    '"heartbeat_interval_seconds":15',
    '"heartbeat_interval_seconds":16',
  );
  const altered = { ...recorded, entries: JSON.parse(text) as typeof recorded.entries };
  const { differences } = await play(altered, scenarioOf(altered.name, altered.media));
  expect(differences).toEqual([expect.stringContaining('heartbeat_interval_seconds: 16, here 15')]);
});
