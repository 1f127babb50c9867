import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of its own for one run of the command, with its job file; removed with the test. */
export interface Workspace extends AsyncDisposable {
  readonly directory: string;
  readonly job: string;
  /** Records of a JSON lines file, parsed. */
  records(file: string): Promise<Record<string, unknown>[]>;
  /** Sandboxes of executors, as paths. */
  sandboxes(): Promise<string[]>;
}

export async function workspace(jobYaml: string): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), 'pinspider-run-'));
  await mkdir(directory, { recursive: true });
  const job = join(directory, 'job.yaml');
  await writeFile(job, jobYaml);
  return {
    directory,
    job,
    async records(file) {
      const text = await readFile(join(directory, file), 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    async sandboxes() {
      const entries = await readdir(join(directory, '.pinspider'), { recursive: true });
      return entries.filter((entry) => /\/runs\/[^/]+\/stderr$/.test(entry) && !entry.includes('/latest/'));
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
