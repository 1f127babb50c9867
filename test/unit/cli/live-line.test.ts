import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LiveLine } from '../../../src/cli/live-line.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import type { Snapshot } from '../../../src/framework/snapshot.ts';

const SNAPSHOT: Snapshot = {
  urls: { discovered: 1, queued: 1, leased: 0, fetched: 0, notModified: 0, redirected: 0, failed: 0, excluded: 0 },
  records: 0,
  invalid: 0,
  bytes: 0,
  tasks: { launched: 0, finished: 0, failed: 0, killed: 0, lost: 0, running: 0 },
  executors: 0,
  inFlight: 0,
  waiting: ['crawler: agent S0 has mem 256 of 512'],
  noMaster: undefined,
};

test('work that waits for so long is explained, once', async () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let text = '';
  stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  let now = 1_000_000;
  const terminal = { stderr, env: { NO_COLOR: '1' }, now: () => now };
  const line = new LiveLine(terminal as unknown as Terminal, () => SNAPSHOT, null, 60);
  while (!text.includes('queue 1')) await sleep(10);
  expect(text).not.toContain('nothing is launched');
  now += 60;
  while (!text.includes('nothing is launched')) await sleep(10);
  await sleep(450);
  line.stop();
  expect(text.split('nothing is launched:\n  crawler: agent S0 has mem 256 of 512\n')).toHaveLength(2);
});
