/**
 * Runs a job as the command does, and ends its own process with SIGKILL at the n-th time that a commit reaches a step.
 *
 * Arguments: job file, step, n.
 */
import { join } from 'node:path';
import { startEmbedded } from '../../src/cli/embedded.ts';
import { executorProgram } from '../../src/cli/executor-program.ts';
import type { CommitStep } from '../../src/framework/commit.ts';
import { runCrawl } from '../../src/framework/run.ts';
import { lockRun } from '../../src/framework/run-lock.ts';
import { loadJob } from '../../src/job/load.ts';
import { createLog } from '../../src/observe/log.ts';

const [file = '', wanted = '', nth = '1'] = process.argv.slice(2);
const cwd = process.cwd();
const { job } = await loadJob(file, { env: process.env, cwd });
const stateDir = join(cwd, '.pinspider', job.name);
const write = (line: string): void => void process.stderr.write(`${line}\n`);
const log = createLog({ format: 'text', level: 'error', now: Date.now, write, mask: (line) => line });
let left = Number(nth);
await using _lock = await lockRun(stateDir, process.pid);
await using embedded = await startEmbedded(job, stateDir, log);
await runCrawl({
  job,
  stateDir,
  fresh: false,
  ownCluster: true,
  masters: [embedded.url],
  credential: embedded.credential,
  feed: { listen: '127.0.0.1', port: 0, advertise: '127.0.0.1' },
  giveUpAfterMs: 30_000,
  executor: await executorProgram(job),
  stdout: process.stdout,
  log,
  now: Date.now,
  random: Math.random,
  signal: new AbortController().signal,
  notice: () => undefined,
  step: (step: CommitStep) => {
    if (step === wanted && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
