import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RunOptions } from '../framework/run-options.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { PinspiderError } from '../lib/errors.ts';
import { packageFile } from '../lib/package-files.ts';

const FILE = packageFile('dist/executor.mjs');

/**
 * How agents get the executor program: the embedded cluster runs the file where it lies, others fetch it from the scheduler
 * by its hash.
 *
 * @throws {PinspiderError} USAGE when the program was not built
 */
export async function executorProgram(job: ResolvedJob): Promise<RunOptions['executor']> {
  const bytes = await readFile(FILE).catch((error: unknown) => {
    throw new PinspiderError({
      code: 'USAGE',
      where: FILE,
      what: 'the executor program is missing',
      mend: 'npm run build',
      cause: error,
    });
  });
  if (job.mesos.master.kind === 'local') return { delivery: { type: 'path', node: process.execPath, file: FILE } };
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { serve: { path: `/artifacts/executor-${hash}.mjs`, bytes } };
}
