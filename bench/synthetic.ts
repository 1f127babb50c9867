/**
 * A site of as many small pages as asked, all made by arithmetic from their number: nothing is stored, and each page is the same at every
 * visit. Page n links to its four children 4n+1 … 4n+4, so that every page is reached; to its parent, the start page and its neighbours,
 * as documentation does; and to six pages anywhere. A page is 2,048 bytes.
 */
export const PAGE_BYTES = 2048;

const BRANCHES = 4;
const FAR_LINKS = 6;
const WORDS = 'river stone amber lantern copper meadow winter harbour violet signal paper orchard'.split(' ');
const FILLER = `<p>${'The text below the links is the same on each page, and nobody asks for it. '.repeat(40)}`;
const END = '</p></body></html>';

/** What can be read of page `n`: the bench job's values. */
export interface Reading {
  readonly title: string;
  readonly h1: string;
  readonly p: string;
  readonly links: number;
}

/** @param size how many pages the site has */
export function readingOf(n: number, size: number): Reading {
  return {
    title: `Page ${n}: ${word(n + 1)} ${word(n + 2)}`,
    h1: `${word(n + 1)} ${word(n + 2)} ${n}`,
    p: `About ${word(n + 3)} & ${word(n + 4)}, on page ${n} of ${size}.`,
    links: linksOf(n, size).length,
  };
}

/** The page's HTML. */
export function pageOf(n: number, size: number): string {
  const [a, b, c, d] = [word(n + 1), word(n + 2), word(n + 3), word(n + 4)];
  let html =
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page ${n}: ${a} ${b}</title></head><body>` +
    `<h1>${a} ${b} ${n}</h1><p>About ${c} &amp; ${d}, on page <b>${n}</b>\nof ${size}.</p><ul>`;
  for (const link of linksOf(n, size)) html += `<li><a href="${link}.html">To ${link}</a></li>`;
  html += '</ul>';
  return html + FILLER.slice(0, PAGE_BYTES - html.length - END.length) + END;
}

/** Numbers of the pages that page `n` links to. */
export function linksOf(n: number, size: number): number[] {
  const links = [0, n === 0 ? 0 : Math.floor((n - 1) / BRANCHES), (n + size - 1) % size, (n + 1) % size];
  for (let i = 1; i <= BRANCHES; i++) if (BRANCHES * n + i < size) links.push(BRANCHES * n + i);
  for (let i = 0; i < FAR_LINKS; i++) links.push(mixed(n * FAR_LINKS + i) % size);
  return links;
}

/** So many words from the n-th on. */
export function words(n: number, count: number): string {
  return Array.from({ length: count }, (_, i) => word(n + 1 + i)).join(' ');
}

function word(n: number): string {
  return WORDS[mixed(n) % WORDS.length] ?? '';
}

/** 32 bits that look like chance and are always the same (the finalizer of MurmurHash3). */
export function mixed(n: number): number {
  let bits = n ^ (n >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
