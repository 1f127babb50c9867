import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { KeyPath } from '../extract/types.ts';
import type { Broken } from './broken.ts';
import type { Faults } from './fault.ts';
import type { Seed } from './job.generated.ts';
import { keyPlace, valuePlace } from './locate.ts';
import type { Seed as ResolvedSeed } from './resolved.ts';
import { expandRanges } from './seed-range.ts';
import type { Place, Source } from './source.ts';
import type { Tree } from './tree.ts';
import { whyUnreadable } from './unreadable.ts';

interface SeedContext {
  readonly tree: Tree;
  readonly faults: Faults;
  readonly secrets: Set<string>;
  readonly broken: Broken;
  /** Rank of the next source that is read. */
  readonly rank: () => number;
  /** How a file is called in messages. */
  readonly shown: (file: string) => string;
}

/** Spells the seeds out: short forms, ranges and files of URLs. Tells of those that cannot be fetched. */
export function readSeeds(written: Seed | readonly Seed[], context: SeedContext): readonly ResolvedSeed[] {
  if (!isList(written)) return context.broken.within('seeds') ? [] : readSeed(written, ['seeds'], context);
  return written.flatMap((seed, i) => (context.broken.within('seeds', i) ? [] : readSeed(seed, ['seeds', i], context)));
}

function readSeed(seed: Seed, path: KeyPath, context: SeedContext): readonly ResolvedSeed[] {
  const { tree, faults } = context;
  if (typeof seed === 'string') return urlsOf(seed, valuePlace(tree, path), context).map((url) => ({ url }));
  const { url, file, to, method, headers, body } = seed;
  if ((url === undefined) === (file === undefined)) {
    // A sitemap is told of as unsupported, and that is enough.
    if (seed.sitemap === undefined)
      faults.error(
        keyPlace(tree, path),
        'a seed needs one of "url" and "file"',
        'e.g. { url: "https://example.org/" }',
      );
    return [];
  }
  const rest = {
    ...(method !== undefined && method !== 'GET' && { method }),
    ...(headers && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(to !== undefined && { to }),
  };
  if (body !== undefined && (method === undefined || method === 'GET' || method === 'HEAD')) {
    faults.error(keyPlace(tree, [...path, 'body']), `a ${method ?? 'GET'} request has no body`, 'add method: POST');
  }
  const urls =
    url === undefined
      ? fileUrls(file ?? '', valuePlace(tree, [...path, 'file']), context)
      : urlsOf(url, valuePlace(tree, [...path, 'url']), context);
  return urls.map((u) => ({ url: u, ...rest }));
}

function fileUrls(file: string, place: Place, context: SeedContext): readonly string[] {
  const path = resolve(place.source.folder, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    context.faults.error(
      place,
      `cannot read the seeds in ${file}: ${whyUnreadable(error)}`,
      'the path is relative to the job file',
    );
    return [];
  }
  const source: Source = {
    name: context.shown(path),
    folder: place.source.folder,
    text,
    rank: context.rank(),
    flag: false,
  };
  const urls: string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const start = offset + (line.length - line.trimStart().length);
    const url = line.replace(/(^|\s)#.*$/, '').trim();
    if (url !== '') urls.push(...urlsOf(url, { source, start, end: start + url.length }, context));
    offset += line.length + 1;
  }
  if (urls.length === 0) context.faults.error(place, `${file} has no URL in it`, 'write one URL a line');
  return urls;
}

/** The URLs for which one stands, ranges spelled out. */
function urlsOf(written: string, place: Place, { faults, secrets }: SeedContext): readonly string[] {
  const expanded = expandRanges(written.trim());
  if (!('urls' in expanded)) {
    faults.error(place, expanded.what, expanded.mend);
    return [];
  }
  const [first = ''] = expanded.urls;
  const trouble = troubleOf(first);
  if (trouble?.fatal) {
    faults.follow(place, trouble.what, trouble.mend);
    return [];
  }
  if (trouble) faults.warn(place, trouble.what, trouble.mend);
  // The rest of a range differs in digits alone, which can still break a port or an address.
  const urls = expanded.urls.filter((url) => URL.canParse(url)).map((url) => new URL(url));
  for (const { password } of urls) if (password !== '') secrets.add(decodeURIComponent(password));
  return urls.map((url) => url.href);
}

function troubleOf(text: string): { what: string; mend: string; fatal: boolean } | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const mend = /^[^\s/]+\.[^\s/]+/.test(text) ? `write https://${text}` : 'e.g. https://example.org/';
    return { what: 'a seed is a whole URL', mend, fatal: true };
  }
  if (!URL.canParse(text)) return { what: 'this is no URL', mend: 'e.g. https://example.org/', fatal: true };
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return { what: `${protocol}// cannot be crawled`, mend: 'use http:// or https://', fatal: true };
  }
  if (hostname === 'http' || hostname === 'https')
    return { what: 'the scheme is given twice', mend: 'keep one', fatal: true };
  const known = hostname.includes('.') || hostname === 'localhost' || isIP(hostname.replaceAll(/[[\]]/g, '')) > 0;
  return known
    ? undefined
    : { what: `the host "${hostname}" has no dot`, mend: 'fine if it is a name in your network', fatal: false };
}

function isList(written: Seed | readonly Seed[]): written is readonly Seed[] {
  return Array.isArray(written);
}
