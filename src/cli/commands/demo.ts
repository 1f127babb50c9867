import { packageFile } from '../../lib/package-files.ts';
import { startDemoSite } from '../demo/site.ts';
import type { Terminal } from '../terminal.ts';
import { run, type RunFlags } from './run.ts';

const JOB = packageFile('jobs/pinterest.yaml');

/** `pinspider demo`: serves the bundled site on loopback and crawls it with the Pinterest job, through the embedded cluster. */
export async function demo(flags: RunFlags, terminal: Terminal): Promise<number> {
  await using site = await startDemoSite();
  terminal.stderr.write(`demo site: ${site.url} (served by this command, only while it runs)\n`);
  // The site is our own: no need to be gentle with it. The address is new each time, so the tests' one is not in the way.
  const set = ['politeness.delay=0', ...(flags.set ?? [])];
  // Awaited: the site must be there until the run is over.
  const [profile = `${site.url}/`] = site.profiles;
  return await run(JOB, { ...flags, set, seed: [profile], master: flags.master ?? 'local' }, terminal);
}
