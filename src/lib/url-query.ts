/**
 * Percent-encoding as RFC 3986 §6.2.2 wants it: capital digits, unreserved characters decoded. A text with a stray `%` stays as
 * it is, since decoding beside one (`%%32e`) makes new escapes, and then the result would depend on how often it is done.
 */
export function normalizePercent(text: string): string {
  if (!text.includes('%') || /%(?![0-9a-f]{2})/i.test(text)) return text;
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => {
    const character = String.fromCharCode(parseInt(digits, 16));
    return /[\w.~-]/.test(character) ? character : `%${digits.toUpperCase()}`;
  });
}

/** `query` without `?`, percent-encoding normalized. @returns the canonical query with its `?`, or '' */
export function canonicalQuery(query: string, drop: readonly string[]): string {
  if (query === '') return '';
  if (!query.includes('&') && drop.length === 0) return `?${query}`;
  const parts = query.split('&').filter((part) => part !== '' && !drop.some((glob) => globMatches(glob, nameOf(part))));
  if (parts.length === 0) return '';
  if (parts.length > 1 && parts.every((part) => part.includes('='))) parts.sort(byName);
  return `?${parts.join('&')}`;
}

function byName(a: string, b: string): number {
  const nameA = a.slice(0, a.indexOf('='));
  const nameB = b.slice(0, b.indexOf('='));
  return nameA < nameB ? -1 : nameA > nameB ? 1 : 0;
}

function nameOf(part: string): string {
  const end = part.indexOf('=');
  const name = end < 0 ? part : part.slice(0, end);
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // not UTF-8: compared as written
  }
}

/** Whether a glob with `*` for any characters takes the whole text. */
function globMatches(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return text === glob;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
