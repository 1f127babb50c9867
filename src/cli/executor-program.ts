import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import type { RunOptions } from '../framework/run-options.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { PinspiderError } from '../lib/errors.ts';
import { packageFile } from '../lib/package-files.ts';

const FILE = packageFile('dist/executor.cjs');
/** Starts the same with the code cache beside it. */
const START = packageFile('dist/start-executor.cjs');

/**
 * How agents get the executor program: the embedded cluster runs the file where it lies, others fetch it from the scheduler
 * by its hash.
 *
 * @throws {PinspiderError} USAGE when the program was not built
 */
export async function executorProgram(job: ResolvedJob): Promise<RunOptions['executor']> {
  const missing = (cause: unknown): never => {
    const what = 'the executor program is missing';
    throw new PinspiderError({ code: 'USAGE', where: FILE, what, mend: 'npm run build', cause });
  };
  if (job.mesos.master.kind === 'local') {
    await access(FILE).catch(missing);
    return { delivery: { type: 'path', node: process.execPath, file: START } };
  }
  const bytes = await readFile(FILE).catch(missing);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { serve: { path: `/artifacts/executor-${hash}.cjs`, bytes } };
}
