import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A documentation site of Debian's as `sites.sh serve` serves it. */
export interface BenchSite {
  readonly name: string;
  /** URL of the start page. */
  readonly start: string;
}

/** The sites of `sites.tsv`, in its order. */
function benchSites(): BenchSite[] {
  return readFileSync(join(import.meta.dirname, 'sites.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', address = '', , , start = ''] = line.split('\t');
      return { name, start: `http://${address}:8080/${start}` };
    });
}

/** The site of that name, answering. @throws Error that says what to do when it is not */
export async function servedSite(name: string): Promise<BenchSite> {
  const sites = benchSites();
  const site = sites.find((s) => s.name === name);
  if (site === undefined) throw new Error(`no site "${name}"; there are ${sites.map((s) => s.name).join(', ')}`);
  const answer = await fetch(site.start).catch(() => undefined);
  await answer?.arrayBuffer();
  if (answer?.status !== 200) {
    throw new Error(
      `${site.start} does not answer; run bench/sites.sh install (once, as root) and bench/sites.sh serve`,
    );
  }
  return site;
}
