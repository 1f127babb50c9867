import type { NewUrl } from '../../src/frontier/types.ts';
import type { Plan } from './plan.ts';

/** A page of the simulated web; which, and what it says, follows from the plan alone. */
export interface SitePage {
  readonly number: number;
  readonly url: string;
  readonly host: string;
  readonly lane: number;
  readonly outcome: 'fetched' | 'failed';
  /** Answers with an error so many times first. */
  readonly troubles: number;
  readonly ms: number;
  readonly links: readonly number[];
}

export class Site {
  readonly pages: readonly SitePage[];
  readonly byUrl: ReadonlyMap<string, SitePage>;

  constructor(plan: Plan) {
    const { pages, hosts, lanes, seed } = plan;
    const word = (n: number, salt: number): number => {
      let h = Math.imul((n + 1) ^ Math.imul(seed + salt, 0x27d4eb2f), 0x165667b1);
      h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
      return (h ^ (h >>> 13)) >>> 0;
    };
    this.pages = Array.from({ length: pages }, (_, number): SitePage => {
      const host = `http://h${number % hosts}`;
      const links = [2 * number + 1, 2 * number + 2, word(number, 1) % pages].filter((n) => n < pages);
      return {
        number,
        host,
        url: `${host}/${number}`,
        lane: word(number, 2) % lanes.length,
        outcome: number > 0 && word(number, 3) % 12 === 0 ? 'failed' : 'fetched',
        troubles: word(number, 4) % 10 === 0 ? 1 : 0,
        ms: word(number, 5) % 7 === 0 ? 3000 : 20 + (word(number, 6) % 300),
        links,
      };
    });
    this.byUrl = new Map(this.pages.map((page) => [page.url, page]));
  }

  at(url: string): SitePage {
    const page = this.byUrl.get(url);
    if (!page) throw new Error(`bug: there is no ${url}`);
    return page;
  }

  seeds(): NewUrl[] {
    const [first] = this.pages;
    return first ? [{ url: first.url, lane: first.lane, depth: 0, seed: first.url, priority: 0, redirects: 0 }] : [];
  }

  /** Pages that a crawl reaches, and so must settle. */
  reachable(): ReadonlySet<number> {
    const found = new Set<number>();
    const queue = [0];
    for (let n = queue.pop(); n !== undefined; n = queue.pop()) {
      if (found.has(n)) continue;
      found.add(n);
      const page = this.pages[n];
      if (page?.outcome === 'fetched') queue.push(...page.links);
    }
    return found;
  }
}
