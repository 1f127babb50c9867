/**
 * npm run bench -- [SITE…] [--job bench|ten|dom] [--runs 3] [--peers pinspider,floor,scrapy,crawlee,goquery,wget] [--executors N]
 *
 * Crawls sites with every peer in turns and prints medians and ratios. Sites: those of `sites.tsv`, and `synthetic-N` of N pages;
 * default postgresql. Installs nothing. Exit code 1 when a peer failed, or pinspider lacks pages that another found.
 */
import { parseArgs } from 'node:util';
import { benchJob } from './jobs.ts';
import { benchPeers, runnable } from './peers.ts';
import { runSeries } from './series.ts';
import { servedSite } from './site-list.ts';
import { tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    job: { type: 'string', default: 'bench' },
    runs: { type: 'string', default: '3' },
    peers: { type: 'string' },
    executors: { type: 'string', default: 'auto' },
  },
});
const job = benchJob(values.job);
const { executors } = values;
const peers = runnable(benchPeers({ executors }), job, values.peers?.split(','));
for (const name of positionals.length > 0 ? positionals : ['postgresql']) {
  await using site = await servedSite(name);
  const { medians, notes, failed } = await runSeries({ site, job, peers, runs: Number(values.runs) });
  process.stdout.write(`\n${site.start}, job ${job.name}, medians of ${values.runs}, executors: ${executors}\n`);
  process.stdout.write(`${[tableOf(medians), ...notes].join('\n')}\n`);
  if (failed) process.exitCode = 1;
}
