import { relative } from 'node:path';
import { PinspiderError } from '../../lib/errors.ts';
import { counted } from '../counted.ts';
import { runJobTest, type TestResult } from '../job-tests.ts';
import { type LoadedFile, loadJobs } from '../load-jobs.ts';
import { planOf } from '../plan-of.ts';
import { recordTest } from '../record-test.ts';
import { painter, type Terminal } from '../terminal.ts';

export interface TestFlags {
  readonly record?: string | undefined;
  readonly set?: readonly string[] | undefined;
}

/** `pinspider test JOB…`: runs the jobs' tests on their saved pages, or records a new one. Resolves with the exit code. */
export async function test(files: readonly string[], flags: TestFlags, terminal: Terminal): Promise<number> {
  const { jobs, faulty } = await loadJobs(files, flags.set, terminal);
  if (faulty) return 2;
  if (flags.record !== undefined) {
    const [job] = jobs;
    if (!job || jobs.length > 1) {
      throw new PinspiderError({ code: 'USAGE', what: '--record is for one job', mend: 'name one job file' });
    }
    return recordTest(job, flags.record, terminal);
  }
  let failed = 0;
  let ran = 0;
  for (const job of jobs) {
    for await (const result of resultsOf(job, terminal)) {
      terminal.stdout.write(resultText(job.file, result, terminal));
      ran++;
      if (!result.ok) failed++;
    }
  }
  if (ran > 0) terminal.stderr.write(`${counted(ran - failed, 'test')} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

async function* resultsOf({ file, job }: LoadedFile, { stderr, now }: Terminal): AsyncGenerator<TestResult> {
  if (job.tests.length === 0) {
    stderr.write(`${file}: no tests; pinspider test ${file} --record URL makes one\n`);
    return;
  }
  const plan = await planOf(job);
  for (const one of job.tests) yield runJobTest(job, plan, one, now());
}

function resultText(file: string, { test: { fixture, url }, ok, lines }: TestResult, terminal: Terminal): string {
  const { stdout, env, cwd } = terminal;
  const [good, bad] = stdout.isTTY ? ['✓', '✗'] : ['ok', 'not ok'];
  const mark = painter(stdout, env)(ok ? 'green' : 'red', ok ? good : bad);
  const head = `${mark} ${file}: ${relative(cwd, fixture)} as ${url}`;
  return [head, ...lines.map((line) => `    ${line}`), ''].join('\n');
}
