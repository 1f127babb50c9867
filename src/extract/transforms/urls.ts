/** Transforms of URLs. */
import { parseUrl } from '../../lib/url.ts';
import { onText, textArg, type Transform } from './transform.ts';

export const URL_TRANSFORMS: readonly Transform[] = [
  {
    name: 'query',
    args: [{ name: 'parameter', kind: 'text' }],
    takes: 'text',
    gives: 'text',
    doc: 'A parameter of a URL’s query, decoded; null when there is none.',
    example: { call: 'query:id', from: '/item?lang=en&id=a%20b', to: 'a b' },
    compile: (args) => {
      const name = textArg(args, 0);
      return onText((text) => {
        const from = text.indexOf('?');
        const to = text.indexOf('#');
        if (from < 0 || (to >= 0 && to < from)) return null;
        return new URLSearchParams(text.slice(from + 1, to < 0 ? undefined : to)).get(name);
      });
    },
  },
  {
    name: 'url',
    args: [],
    usesBase: true,
    takes: 'text',
    gives: 'text',
    doc: 'The absolute URL, resolved against `<base href>` or the page; null when it is none.',
    example: { call: 'url', from: '../a.png', to: 'https://example.org/a.png' },
    compile: () => onText((text, { base }) => absoluteUrl(text, base)),
  },
  {
    name: 'url_decode',
    args: [],
    takes: 'text',
    gives: 'text',
    doc: 'Percent-encoded UTF-8 decoded; what is no valid encoding stays.',
    example: { call: 'url_decode', from: 'caf%C3%A9 100%', to: 'café 100%' },
    compile: () => onText((text) => text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun)),
  },
];

/** null when the text is no URL. */
export function absoluteUrl(text: string, base: string): string | null {
  return text.trim() === '' ? null : (parseUrl(text, base)?.href ?? null);
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run; // not UTF-8
  }
}
