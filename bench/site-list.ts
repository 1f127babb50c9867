import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSynthetic, type Synthetic } from './synthetic-site.ts';

/** A site that answers: a documentation site of Debian's as `sites.sh serve` serves it, or a synthetic one. */
export interface BenchSite extends AsyncDisposable {
  readonly name: string;
  /** URL of the start page. */
  readonly start: string;
  /** Of a synthetic site, each of whose pages can be told from its number. */
  readonly synthetic?: Synthetic;
}

/** The sites of `sites.tsv`, in its order, where `sites.sh` serves them. */
function documentation(): Pick<BenchSite, 'name' | 'start'>[] {
  const port = process.env['SITES_PORT'] ?? '8080';
  return readFileSync(join(import.meta.dirname, 'sites.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', address = '', , , start = ''] = line.split('\t');
      return { name, start: `http://${address}:${port}/${start}` };
    });
}

/**
 * The site of that name, answering: one of `sites.tsv`, or `synthetic-N` of N small pages or `synthetic-heavy-N`, whose server is started and
 * ends with it.
 *
 * @throws Error that says what to do when it is not there
 */
export async function servedSite(name: string): Promise<BenchSite> {
  const [, heavy, size] = /^synthetic-(heavy-)?(\d+)$/.exec(name) ?? [];
  if (size !== undefined) return startSynthetic({ size: Number(size), heavy: heavy !== undefined });
  const sites = documentation();
  const site = sites.find((s) => s.name === name);
  if (site === undefined) {
    throw new Error(
      `no site "${name}"; there are ${sites.map((s) => s.name).join(', ')}, synthetic-N and synthetic-heavy-N`,
    );
  }
  const answer = await fetch(site.start).catch(() => undefined);
  await answer?.arrayBuffer();
  if (answer?.status !== 200) {
    throw new Error(
      `${site.start} does not answer; run bench/sites.sh install (once, as root) and bench/sites.sh serve`,
    );
  }
  return { ...site, [Symbol.asyncDispose]: () => Promise.resolve() };
}
