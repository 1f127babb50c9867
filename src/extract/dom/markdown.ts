/** HTML as Markdown (CommonMark with GitHub's tables), from nodes. */
import { isTag, isText, type AnyNode, type Element, type ParentNode } from 'domhandler';
import { parseUrl } from '../../lib/url.ts';
import { collapse, PARTS_WORDS, UNSEEN } from './text.ts';

export interface MarkdownOptions {
  /** Links and images are made absolute against it. */
  readonly base: string;
  readonly removed: ReadonlySet<AnyNode> | undefined;
}

/** Blocks are parted by an empty line; the end has no line feed. Deeper than 200 elements, only the text is kept. */
export function markdownOf(node: ParentNode, options: MarkdownOptions): string {
  return new Renderer(options).blocks(node, 0);
}

// Far deeper than any document that was written by hand, and far from the end of the call stack.
const MAX_DEPTH = 200;

class Renderer {
  readonly #options: MarkdownOptions;

  constructor(options: MarkdownOptions) {
    this.#options = options;
  }

  /** The children as blocks; runs of inline content between blocks become paragraphs. */
  blocks(node: ParentNode, depth: number): string {
    const done: string[] = [];
    let inline = '';
    const flush = (): void => {
      const paragraph = tidy(inline);
      if (paragraph !== '') done.push(paragraph);
      inline = '';
    };
    for (const child of this.#seen(node)) {
      if (isTag(child) && isBlock(child)) {
        flush();
        const block = this.#block(child, depth + 1);
        if (block !== '') done.push(block);
      } else inline += this.#inline(child, depth + 1);
    }
    flush();
    return done.join('\n\n');
  }

  #seen(node: ParentNode): AnyNode[] {
    const { removed } = this.#options;
    return node.children.filter((child) => removed?.has(child) !== true && !(isTag(child) && UNSEEN.has(child.name)));
  }

  #block(element: Element, depth: number): string {
    if (depth > MAX_DEPTH) return escape(collapse(rawText(element)));
    switch (element.name) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6': {
        const text = this.#line(element, depth);
        return text === '' ? '' : `${'#'.repeat(Number(element.name.charAt(1)))} ${text}`;
      }
      case 'hr':
        return '---';
      case 'pre':
        return fence(rawText(element), languageOf(element));
      case 'blockquote':
        return indent(this.blocks(element, depth), '> ', '> ');
      case 'ul':
      case 'ol':
      case 'menu':
      case 'dir':
        return this.#list(element, depth);
      case 'table':
        return this.#table(element, depth);
      case 'dt':
        return emphasis('**', this.#line(element, depth));
      case 'title':
        return '';
      default:
        return this.blocks(element, depth);
    }
  }

  #list(list: Element, depth: number): string {
    let number = Number(list.attribs['start'] ?? 1);
    if (!Number.isSafeInteger(number) || number < 0) number = 1;
    const items: string[] = [];
    for (const item of this.#seen(list)) {
      if (!isTag(item)) continue;
      const body = isBlock(item) ? this.#item(item, depth + 1) : tidy(this.#inline(item, depth + 1));
      if (body === '') continue;
      const marker = list.name === 'ol' ? `${number++}. ` : '- ';
      items.push(indent(body.replace(/\n\n(?=\s*(?:- |\d+\. ))/g, '\n'), marker, ' '.repeat(marker.length)));
    }
    return items.join('\n');
  }

  /** A list item, or what stands in its place. */
  #item(item: Element, depth: number): string {
    return item.name === 'li' ? this.blocks(item, depth) : this.#block(item, depth);
  }

  #table(table: Element, depth: number): string {
    const rows: string[][] = [];
    let caption = '';
    const collect = (node: ParentNode, level: number): void => {
      for (const child of this.#seen(node)) {
        if (!isTag(child)) continue;
        if (child.name === 'tr') {
          const cells = this.#seen(child).filter((cell) => isTag(cell) && /^t[dh]$/.test(cell.name));
          rows.push(cells.map((cell) => this.#line(cell as Element, level).replaceAll('|', '\\|')));
        } else if (child.name === 'caption') caption = this.#line(child, level);
        else if (level < MAX_DEPTH && child.name !== 'table') collect(child, level + 1);
      }
    };
    collect(table, depth);
    const width = Math.max(0, ...rows.map((row) => row.length));
    const [head, ...body] = rows.filter((row) => row.length > 0);
    if (head === undefined) return this.blocks(table, depth);
    const line = (row: readonly string[]): string =>
      `| ${Array.from({ length: width }, (_, i) => row[i] ?? '').join(' | ')} |`;
    const lines = [line(head), line(Array.from({ length: width }, () => '---')), ...body.map(line)];
    return `${caption === '' ? '' : `${caption}\n\n`}${lines.join('\n')}`;
  }

  /** All content on one line: for headings and cells. */
  #line(element: Element, depth: number): string {
    return tidy(this.#inlines(element, depth)).replace(/\s*\\?\n\s*/g, ' ');
  }

  #inlines(node: ParentNode, depth: number): string {
    let text = '';
    for (const child of this.#seen(node)) text += this.#inline(child, depth);
    return text;
  }

  #inline(node: AnyNode, depth: number): string {
    if (isText(node)) return escape(node.data.replace(/\s+/g, ' '));
    if (!('children' in node)) return '';
    if (!isTag(node)) return this.#inlines(node, depth);
    if (depth > MAX_DEPTH) return escape(collapse(rawText(node)));
    const { attribs } = node;
    switch (node.name) {
      case 'br':
        return '\\\n';
      case 'em':
      case 'i':
      case 'cite':
        return emphasis('*', this.#inlines(node, depth + 1));
      case 'strong':
      case 'b':
        return emphasis('**', this.#inlines(node, depth + 1));
      case 'del':
      case 's':
        return emphasis('~~', this.#inlines(node, depth + 1));
      case 'code':
      case 'kbd':
      case 'samp':
      case 'tt':
        return codeSpan(rawText(node));
      case 'img': {
        const source = this.#address(attribs['src']);
        return source === '' ? '' : `![${escape(collapse(attribs['alt'] ?? ''))}](${source})`;
      }
      case 'a': {
        const text = this.#inlines(node, depth + 1);
        const address = this.#address(attribs['href']);
        return address === '' || text.trim() === '' ? text : around(text, (inner) => `[${inner}](${address})`);
      }
      default: {
        const inner = this.#inlines(node, depth + 1);
        return isBlock(node) ? ` ${inner} ` : inner;
      }
    }
  }

  #address(written: string | undefined): string {
    const { base } = this.#options;
    if (written === undefined || written.trim() === '') return '';
    const url = parseUrl(written, base)?.href;
    if (url === undefined) return '';
    return /^(?:javascript|data):/.test(url) ? '' : url.replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'));
  }
}

function isBlock({ name }: Element): boolean {
  return PARTS_WORDS.has(name) && name !== 'br' && name !== 'option';
}

/** All text inside, white space kept, `<br>` as line feed. */
function rawText(node: ParentNode): string {
  let text = '';
  const pending: AnyNode[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isText(next)) text += next.data;
    else if ('children' in next) {
      if (isTag(next) && next.name === 'br') text += '\n';
      for (let i = next.children.length - 1; i >= 0; i--) {
        const child = next.children[i];
        if (child !== undefined) pending.push(child);
      }
    }
  }
  return text;
}

function fence(code: string, language: string): string {
  const body = code.replace(/^\n/, '').replace(/\s+$/, '');
  if (body === '') return '';
  const ticks = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${ticks}${language}\n${body}\n${ticks}`;
}

function codeSpan(code: string): string {
  const body = code.replace(/\s+/g, ' ').trim();
  if (body === '') return '';
  const ticks = '`'.repeat(longestRun(body) + 1);
  const space = body.startsWith('`') || body.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${body}${space}${ticks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** `class="language-ts"` or `highlight-ts` of a `<pre>`, its `<code>` or the box around it. */
function languageOf(pre: Element): string {
  const code = pre.children.find((child) => isTag(child) && child.name === 'code');
  for (const node of [code, pre, pre.parent]) {
    if (node === undefined || node === null || !isTag(node)) continue;
    const language = /(?:^|\s)(?:language|lang|highlight)-([\w+#-]{1,20})/.exec(node.attribs['class'] ?? '')?.[1];
    if (language !== undefined && language !== 'default' && language !== 'source') return language;
  }
  return '';
}

function emphasis(mark: string, text: string): string {
  return text.trim() === '' ? text : around(text, (inner) => `${mark}${inner}${mark}`);
}

/** Wraps a text but not the white space around it: `*a *b` would be no emphasis. */
function around(text: string, wrap: (inner: string) => string): string {
  const inner = text.trim();
  const start = text.length - text.trimStart().length;
  return (start > 0 ? ' ' : '') + wrap(inner) + (start + inner.length < text.length ? ' ' : '');
}

function tidy(inline: string): string {
  return inline
    .replace(/ +/g, ' ')
    .replace(/ ?\\\n ?/g, '\\\n')
    .replace(/^(?:\s|\\\n)+|(?:\s|\\\n)+$/g, '')
    .replace(/^(\d{1,9})([.)])(?=\s)/, '$1\\$2')
    .replace(/^([-+])(?=\s)|^(#{1,6})(?=\s)/, '\\$&');
}

/** Characters that would mean something in Markdown; `_` inside a word and `<` before a blank mean nothing. */
function escape(text: string): string {
  return text.replace(/[\\`*[\]]|<(?=[A-Za-z/!?])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}

function indent(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? first + line : line === '' ? others.trimEnd() : others + line))
    .join('\n');
}
