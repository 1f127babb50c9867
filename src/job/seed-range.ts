/** `[1-100]`, `[001-100]`, `[1-100:5]` in a URL. IPv6 hosts have colons in their brackets and no dash. */
const RANGE = /\[(\d+)-(\d+)(?::(\d+))?\]/;

/** Seeds are held in memory: a range that makes more of them was hardly meant. */
const SEEDS_MAX = 1_000_000;

export type Expanded = { readonly urls: readonly string[] } | { readonly what: string; readonly mend: string };

/** Every URL for which one with ranges stands, in order; the last range counts fastest. */
export function expandRanges(url: string): Expanded {
  const match = RANGE.exec(url);
  if (!match) return { urls: [url] };
  const [whole, first = '', last = '', step = '1'] = match;
  const [from, to, by] = [Number(first), Number(last), Number(step)];
  if (from > to) return { what: `the range ${whole} is empty`, mend: `write [${last}-${first}]` };
  if (by === 0) return { what: `the range ${whole} has a step of 0`, mend: 'a step is at least 1' };
  const rest = expandRanges(url.slice(match.index + whole.length));
  if (!('urls' in rest)) return rest;
  const count = (Math.floor((to - from) / by) + 1) * rest.urls.length;
  if (count > SEEDS_MAX) return { what: `this stands for ${count} seeds`, mend: `at most ${SEEDS_MAX}; split the job` };
  // As many digits as the first number was written with, when it was written with zeros in front.
  const width = first.length > 1 && first.startsWith('0') ? first.length : 0;
  const head = url.slice(0, match.index);
  const urls: string[] = [];
  for (let n = from; n <= to; n += by) {
    for (const tail of rest.urls) urls.push(`${head}${String(n).padStart(width, '0')}${tail}`);
  }
  return { urls };
}
