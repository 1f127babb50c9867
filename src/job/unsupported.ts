import type { KeyPath } from '../extract/types.ts';
import type { Faults } from './fault.ts';
import { keyPlace } from './locate.ts';
import { nodeAt, pathText, type Tree } from './tree.ts';

interface Missing {
  /** Steps of the path; `*` is any one step, `**` any number of them. */
  readonly path: readonly string[];
  readonly mend?: string;
  /** Only told of where this key is not beside it, which says enough. */
  readonly unless?: string;
}

const FIELD = ['extractors', '*', 'fields', '**'];
const field = (key: string, mend?: string): Missing => ({ path: [...FIELD, key], ...(mend && { mend }) });
const at = (path: string, mend?: string): Missing => ({ path: path.split('.'), ...(mend && { mend }) });

/** What the language has and this version lacks. Nothing here is ever ignored: a job that uses it is refused at the key. */
const UNSUPPORTED: readonly Missing[] = [
  field('xpath', 'use css'),
  field('json', 'pages are read as HTML; use css'),
  field('jsonld', 'use css, or meta'),
  field('microdata', 'use css: "[itemprop=name]"'),
  field('table', 'use each: "tr" with fields'),
  { ...field('as', 'it belongs to table'), unless: 'table' },
  field('follow', 'give the other page an extractor of its own'),
  at('extractors.*.json', 'pages are read as HTML; use each'),
  at('extractors.*.paginate', 'use follow with the selector of the next link'),
  at('seeds.sitemap', 'list the URLs, or use file'),
  { ...at('seeds.since', 'it belongs to sitemap'), unless: 'sitemap' },
  at('seeds.paginate', 'use a range: page=[1-100]'),
  at('seeds.meta'),
  at('seeds.*.sitemap', 'list the URLs, or use file'),
  { ...at('seeds.*.since', 'it belongs to sitemap'), unless: 'sitemap' },
  at('seeds.*.paginate', 'use a range: page=[1-100]'),
  at('seeds.*.meta'),
  at('fetch.cookies', 'set the header Cookie under fetch.headers'),
  at('fetch.auth', 'set the header Authorization under fetch.headers'),
  at('fetch.proxies'),
  at('fetch.cache'),
  at('fetch.render'),
  ...['output', 'output.*'].flatMap((o) =>
    ['sqlite', 'parquet', 'warc', 'webhook'].map((format) => at(`${o}.${format}`, 'use jsonl, csv or stdout')),
  ),
];

/** The keys as the reference lists them: `*` is any name, `**` any depth. */
export function unsupportedKeys(): readonly string[] {
  return UNSUPPORTED.map(({ path }) => path.join('.'));
}

/** Tells of every key whose machinery this version has not. @returns their paths */
export function refuseUnsupported(tree: Tree, faults: Faults): readonly KeyPath[] {
  const refused: KeyPath[] = [];
  const visit = (node: Tree, path: KeyPath): void => {
    const found = path.length > 0 && UNSUPPORTED.find((m) => matches(m.path, path));
    if (found && !isName(path)) {
      refused.push(path);
      if (found.unless !== undefined && nodeAt(tree, [...path.slice(0, -1), found.unless])) return;
      const key = String(path.at(-1));
      const where = path.length > 1 ? `${pathText(path.slice(0, -1))}: ` : '';
      faults.error(keyPlace(tree, path), `${where}"${key}" is not supported by this version yet`, found.mend);
      return;
    }
    if (node.kind === 'list') node.items.forEach((item, i) => visit(item, [...path, i]));
    if (node.kind === 'map') for (const [key, entry] of node.entries) visit(entry.value, [...path, key]);
  };
  visit(tree, []);
  return refused;
}

/** A field may be called `json` or `table`: what follows `fields` is a name. Below `const` and its like everything is data. */
function isName(path: KeyPath): boolean {
  let afterFields = false;
  let name = false;
  for (const step of path.slice(2)) {
    name = afterFields;
    afterFields = !name && step === 'fields';
    if (!name && (step === 'const' || step === 'default' || step === 'enum')) return true;
  }
  return name && path[0] === 'extractors';
}

function matches(pattern: readonly string[], path: KeyPath): boolean {
  const [want, ...rest] = pattern;
  if (want === undefined) return path.length === 0;
  if (want === '**') return matches(rest, path) || (path.length > 0 && matches(pattern, path.slice(1)));
  const [step, ...left] = path;
  if (step === undefined || (want !== '*' && want !== String(step))) return false;
  return matches(rest, left);
}
