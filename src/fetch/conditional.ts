/** Conditional requests: asking for a page only if it is another than the one that was fetched before (RFC 9110 §13). */

/** What a server said about the version of a page that it sent. */
export interface Validators {
  /** As it was given, quotes and `W/` included. */
  readonly etag?: string | undefined;
  /** As it was given: what is no date to us may be one to its server. */
  readonly lastModified?: string | undefined;
}

// Kept for every page of a crawl; longer ones are no use of a validator.
const LENGTH_MAX = 512;

/**
 * Headers that make a GET conditional. Both go out when both are known: a server that knows entity tags ignores the date, an old one the tag
 * (RFC 9110 §13.1.3).
 */
export function conditionOf({ etag, lastModified }: Validators): Readonly<Record<string, string>> {
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** @param headers of a 200 or a 304, names in lower case */
export function validatorsOf(headers: Readonly<Record<string, string>>): Validators {
  const etag = usable(headers['etag']);
  const lastModified = usable(headers['last-modified']);
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}

/** What can be sent back as it is; undici refuses other characters. */
function usable(value: string | undefined): string | undefined {
  const text = value?.trim() ?? '';
  return text !== '' && text.length <= LENGTH_MAX && /^[\t\x20-\x7e\x80-\xff]*$/.test(text) ? text : undefined;
}
