/**
 * A site of as many heavy pages as asked: some 100 KB each, with the structure that the jobs of the bench look at. A page is a head of its own, made by
 * arithmetic from its number, and some of a few sections that are made once, so that serving one costs little more than a small page. A section is
 * kept as what can be read of it, from which both its markup and the values expected of it are made.
 */
import type { JobName } from './jobs.ts';
import { linksOf, mixed, words } from './synthetic.ts';

export interface HeavySite {
  /** The page's HTML, in parts. */
  readonly page: (n: number) => readonly Buffer[];
  /** The values that a job reads of page `n`, without its URL. */
  readonly reading: (n: number, job: JobName) => Readonly<Record<string, unknown>>;
}

const SECTIONS = 24;
const SECTIONS_A_PAGE = 16;
const PARAGRAPHS = 10;
const ROWS = 8;
const CELLS = 4;
const ITEMS = 6;
const END = Buffer.from('</div></body></html>');

interface Section {
  readonly name: string;
  readonly paragraphs: readonly { readonly text: string; readonly term: string; readonly rest: string }[];
  readonly listing: readonly string[];
  readonly items: readonly { readonly page: number; readonly text: string }[];
  readonly rows: readonly (readonly string[])[];
}

/** @param size how many pages the site has */
export function heavySite(size: number): HeavySite {
  const sections = Array.from({ length: SECTIONS }, (_, k) => sectionOf(k, size));
  const markup = sections.map((section, k) => Buffer.from(htmlOf(section, k)));
  const chosen = (n: number): number[] =>
    Array.from({ length: SECTIONS_A_PAGE }, (_, i) => (mixed(n) + i * 5) % SECTIONS);
  return {
    page: (n) => [Buffer.from(headOf(n, size)), ...chosen(n).flatMap((k) => markup[k] ?? []), END],
    reading: (n, job) =>
      readingOf(
        n,
        size,
        chosen(n).flatMap((k) => sections[k] ?? []),
        job,
      ),
  };
}

function sectionOf(k: number, size: number): Section {
  const seed = 1000 * k;
  return {
    name: `Section ${k}: ${words(seed, 3)}`,
    paragraphs: Array.from({ length: PARAGRAPHS }, (_, i) => ({
      text: words(seed + 40 * i, 24),
      term: words(seed + 40 * i + 24, 1),
      rest: `${words(seed + 40 * i + 25, 15)}.`,
    })),
    listing: Array.from({ length: 8 }, (_, i) => `${words(seed + 500 + i, 1)} = ${words(seed + 510 + 4 * i, 4)};`),
    items: Array.from({ length: ITEMS }, (_, i) => ({
      page: mixed(seed + 600 + i) % size,
      text: words(seed + 610 + 3 * i, 3),
    })),
    rows: Array.from({ length: ROWS }, (_, i) =>
      Array.from({ length: CELLS }, (_, j) => words(seed + 700 + 20 * i + 5 * j, 4)),
    ),
  };
}

/** Marked up as documentation is that a program made: many spans and classes, an image in some links. */
function htmlOf({ name, paragraphs, listing, items, rows }: Section, k: number): string {
  const text = paragraphs.map(
    ({ text, term, rest }) =>
      `<p class="para">${text}\n<code class="docutils literal"><span class="pre">${term}</span></code>\n<em>${rest}</em></p>`,
  );
  const code = listing.map((line) => `<span class="n">${line.replaceAll(' ', '</span> <span class="o">')}</span>`);
  const list = items.map(
    ({ page, text }, i) =>
      `<li class="item"><a class="reference internal" href="${page}.html">${text}</a>${i % 2 === 0 ? '' : ' <b>new</b>'}</li>`,
  );
  const table = rows.map(
    (row) => `<tr class="row">${row.map((cell) => `<td><span>${cell}</span></td>`).join('')}</tr>`,
  );
  return (
    `<div class="sect1" id="s${k}">\n<h2 class="title">${name}</h2>\n${text.join('\n')}\n` +
    `<div class="highlight"><pre>${code.join('\n')}</pre></div>\n<ul class="simple">${list.join('\n')}</ul>\n` +
    `<table class="docs"><tbody>${table.join('\n')}</tbody></table>\n<hr></div>\n`
  );
}

function headOf(n: number, size: number): string {
  const links = linksOf(n, size).map((link) => `<a href="${link}.html">To ${link}</a>`);
  return (
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${titleOf(n)}</title>` +
    `<meta name="description" content="${words(n, 6)}"></head><body><h1>${words(n, 2)} ${n}</h1>` +
    `<p>About ${words(n, 4)}, on page <b>${n}</b>\nof ${size}.</p><div class="nav"><a accesskey="u" href="0.html">Up</a>${links.join('\n')}</div>` +
    `<p>A note on ${words(n, 3)}.</p><div class="body">\n`
  );
}

function titleOf(n: number): string {
  return `Page ${n}: ${words(n, 2)}`;
}

function readingOf(
  n: number,
  size: number,
  sections: readonly Section[],
  job: JobName,
): Readonly<Record<string, unknown>> {
  const title = titleOf(n);
  const h1 = `${words(n, 2)} ${n}`;
  const p = `About ${words(n, 4)}, on page ${n} of ${size}.`;
  const links = linksOf(n, size).length + 1 + ITEMS * sections.length;
  switch (job) {
    case 'bench':
      return { title, h1, p, links };
    case 'ten':
      return {
        ...{ title, description: words(n, 6), heading: h1, intro: p, codes: sections.map(codeOf), up: '0.html', links },
        sections: sections.map(({ name, paragraphs }) => ({
          name,
          first: [paragraphs[0]?.text, paragraphs[0]?.term, paragraphs[0]?.rest].join(' '),
          terms: paragraphs.map(({ term }) => term),
        })),
        rows: sections.flatMap(({ rows }) => rows.map((cells) => ({ cells }))),
      };
    case 'dom':
      return {
        ...{ title, heading: h1, intro: p, note: `A note on ${words(n, 3)}.`, listings: sections.length, links },
        lists: sections.map(({ items }) => ({ first: items[0]?.text, items: items.length })),
      };
  }
}

function codeOf({ listing }: Section): string {
  return listing.join(' ');
}
