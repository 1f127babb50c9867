// Name, then value in double quotes, single quotes or none; the attribute grammar of the prescan.
const ATTRIBUTE =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)[\t\n\f\r ]*(?:=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*))?)?/y;
const CHARSET_PARAMETER = /charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r ;"']+))/i;

/**
 * Encoding labels that the start of a page declares, in order: `<meta charset>`, `<meta http-equiv=content-type>`, and last an XML
 * declaration. The caller takes the first that it knows.
 *
 * @param head first 1024 bytes, one character each
 * @see https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
 */
export function declaredCharsets(head: string): string[] {
  const labels: string[] = [];
  if (/charset/i.test(head)) collectMeta(head, labels);
  const xml = head.startsWith('<?xml') ? /^<\?xml[^>]*?encoding\s*=\s*["']([^"'>]+)["']/.exec(head)?.[1] : undefined;
  if (xml !== undefined) labels.push(xml);
  // Whoever could read the declaration byte by byte has no UTF-16 before him.
  return labels.map((label) => (/^utf-?16/i.test(label.trim()) ? 'utf-8' : label));
}

function collectMeta(head: string, labels: string[]): void {
  let at = head.indexOf('<');
  while (at >= 0) {
    if (head.startsWith('<!--', at)) {
      const end = head.indexOf('-->', at + 2);
      if (end < 0) return;
      at = end + 3;
    } else if (/^<\/?[a-z]/i.test(head.slice(at, at + 3))) {
      const nameEnd = at + 1 + head.slice(at + 1).search(/[\t\n\f\r >]|$/);
      const isMeta = /^<meta(?:$|[\t\n\f\r /])/i.test(head.slice(at, at + 6));
      const { attributes, end } = readAttributes(head, isMeta ? at + 5 : nameEnd);
      const label = isMeta ? labelOf(attributes) : undefined;
      if (label !== undefined) labels.push(label);
      at = end;
    } else if (/[!/?]/.test(head.charAt(at + 1))) {
      const end = head.indexOf('>', at);
      if (end < 0) return;
      at = end;
    } else at++;
    at = head.indexOf('<', at);
  }
}

function readAttributes(head: string, from: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>();
  let end = from;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const match = ATTRIBUTE.exec(head);
    if (!match) return { attributes, end };
    end = ATTRIBUTE.lastIndex;
    const name = (match[1] ?? '').toLowerCase();
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? '');
  }
}

function labelOf(attributes: ReadonlyMap<string, string>): string | undefined {
  const charset = attributes.get('charset');
  if (charset !== undefined) return charset;
  if (attributes.get('http-equiv')?.toLowerCase() !== 'content-type') return undefined;
  return charsetParameter(attributes.get('content') ?? '');
}

/** The `charset` of a media type, e.g. of `text/html; charset="utf-8"`. */
export function charsetParameter(contentType: string): string | undefined {
  const match = CHARSET_PARAMETER.exec(contentType);
  return match ? (match[1] ?? match[2] ?? match[3]) : undefined;
}
