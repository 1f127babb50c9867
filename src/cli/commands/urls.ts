import { once } from 'node:events';
import type { UrlFilter } from '../../framework/state-view.ts';
import { openJobState, type StateFlags } from '../job-state.ts';
import type { Terminal } from '../terminal.ts';
import { urlRow } from '../url-row.ts';

export type UrlsFlags = StateFlags & { readonly state?: UrlFilter['state']; readonly host?: string | undefined };

const CHUNK = 65_536;

/** `pinspider urls JOB`: what is known of the job's URLs, one JSON object a line. */
export async function urls(
  file: string,
  { state: only, host, ...flags }: UrlsFlags,
  terminal: Terminal,
): Promise<number> {
  const { job, state } = await openJobState(file, flags, terminal);
  await using _open = state;
  let text = '';
  const write = async (): Promise<void> => {
    if (!terminal.stdout.write(text)) await once(terminal.stdout, 'drain');
    text = '';
  };
  for await (const status of state.urls({ state: only, host })) {
    text += `${JSON.stringify(urlRow(status, job))}\n`;
    if (text.length > CHUNK) await write();
  }
  if (text !== '') await write();
  return 0;
}
