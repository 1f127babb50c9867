import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandsPage } from '../../scripts/commands-page.ts';
import { pinspider } from '../support/command.ts';

const ROOT = join(import.meta.dirname, '../..');

test('docs/commands.md is what the commands say of themselves', { timeout: 60_000 }, async () => {
  const page = await commandsPage(async (args) => (await pinspider(args, ROOT)).stdout);
  expect(await readFile(join(ROOT, 'docs/commands.md'), 'utf8')).toBe(page);
});
