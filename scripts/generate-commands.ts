/**
 * Writes docs/commands.md from what the commands say of themselves.
 *
 * usage: tsx scripts/generate-commands.ts
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { commandsPage } from './commands-page.ts';

const run = promisify(execFile);

const page = await commandsPage(async (args) => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args]);
  return stdout;
});
await writeFile('docs/commands.md', page);
