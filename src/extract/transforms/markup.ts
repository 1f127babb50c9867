/** Transforms of HTML. */
import { parseDocument } from 'htmlparser2';
import { markdownOf } from '../dom/markdown.ts';
import { textOf } from '../dom/text.ts';
import { onText, type Transform } from './transform.ts';

export const MARKUP_TRANSFORMS: readonly Transform[] = [
  {
    name: 'html_decode',
    args: [],
    takes: 'text',
    gives: 'text',
    doc: 'Character references such as `&amp;` and `&#233;` decoded.',
    example: { call: 'html_decode', from: 'Q&amp;A &lt;caf&#233;&gt;', to: 'Q&A <café>' },
    compile: () => onText((text) => text.replace(/&(?:#\d{1,8}|#x[\da-f]{1,8}|[a-z][\da-z]{1,31});?/gi, decodeOne)),
  },
  {
    name: 'strip_tags',
    args: [],
    readsHtml: true,
    takes: 'HTML',
    gives: 'text',
    doc: 'The text of HTML, white space collapsed. First after a selector, it reads the element’s HTML.',
    example: { call: 'strip_tags', from: '<p>Hello <b>you</b></p><p>there</p>', to: 'Hello you there' },
    compile: () => onText((html) => textOf(parseDocument(html), undefined)),
  },
  {
    name: 'markdown',
    args: [],
    readsHtml: true,
    usesBase: true,
    takes: 'HTML',
    gives: 'Markdown',
    doc: 'HTML as Markdown: headings, paragraphs, lists, links (absolute), emphasis, code, tables, images, quotes. First after a selector, it reads the element’s HTML.',
    example: {
      call: 'markdown',
      from: '<h2>News</h2><p>See <a href="/a">the <em>list</em></a>.</p>',
      to: '## News\n\nSee [the *list*](https://example.org/a).',
    },
    compile: () => onText((html, { base }) => markdownOf(parseDocument(html), { base, removed: undefined })),
  },
];

function decodeOne(reference: string): string {
  return textOfReference.get(reference) ?? parsed(reference);
}

const textOfReference: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
]);

/** By the HTML parser, which has the table of names. */
function parsed(reference: string): string {
  const [node] = parseDocument(reference).children;
  return node !== undefined && 'data' in node ? node.data : reference;
}
