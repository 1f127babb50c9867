/** Elements that the scan found: their attributes and content are read from the source when somebody asks for them. */
import { Document, Element, isTag, Text, type ChildNode, type ParentNode } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { parseFast } from '../dom/document.ts';
import { Registry } from '../dom/registry.ts';
import { attributesOf } from './attributes.ts';
import { decodeText } from './entities.ts';

// Past this many times the page's length, reading contents one by one costs more than the tree of the page.
const READ_MAX = 2;

/** A page's source, and what was read of it so far. */
export class Source {
  readonly html: string;
  #tree: readonly Element[] | undefined;
  #root: Document | undefined;
  #read = 0;

  constructor(html: string) {
    this.html = html;
  }

  /** All elements of the page, in document order, as the other back end has them. */
  get tree(): readonly Element[] {
    this.#parse();
    return this.#tree ?? [];
  }

  get root(): Document {
    return this.#parse();
  }

  /** The nodes between two places with nothing open before them. */
  nodes(start: number, end: number): ChildNode[] | undefined {
    this.#read += end - start;
    if (this.#read > READ_MAX * this.html.length) return undefined;
    return parseDocument(this.html.slice(start, end)).children;
  }

  #parse(): Document {
    if (this.#root !== undefined) return this.#root;
    const registry = new Registry();
    const all = registry.slot('any', '*');
    const { root, slots } = parseFast(this.html, registry.sorter());
    this.#tree = slots[all] ?? [];
    return (this.#root = root);
  }
}

/** How the content of an element is read. */
export type Content =
  | 'markup'
  /** It is text. */
  | 'raw'
  /** Inside of SVG and MathML, where `/>` closes: it cannot be read on its own. */
  | 'foreign';

/** Where an element stands in the source. */
export interface Place {
  /** Its number in document order, which is its number in the tree as well. */
  readonly number: number;
  /** Behind its name; 0 when the parser made the tag up. */
  readonly attributes: number;
  /** Behind the `>` of its start tag. */
  readonly start: number;
  readonly content: Content;
}

const NO_ATTRIBUTES: Record<string, string> = {};

/**
 * An element as selectors and readings expect it; `prev` and `next` are never set, and `parent` only when the scan linked it.
 * `attribs` and `children` are made when they are first asked for: most elements that a selector might want are asked for
 * a part of that only.
 */
export class ScannedElement extends Element {
  readonly source: Source;
  readonly place: Place;
  /** Where its content ends in the source. */
  contentEnd: number;
  ownAttributes: Record<string, string> | undefined;
  ownChildren: ChildNode[] | undefined;

  constructor(source: Source, name: string, place: Place) {
    super(name, NO_ATTRIBUTES);
    this.source = source;
    this.place = place;
    this.contentEnd = place.start;
    this.ownAttributes = place.attributes === 0 ? NO_ATTRIBUTES : undefined;
    this.ownChildren = undefined;
    this.startIndex = this.endIndex = place.number;
  }

  static {
    // Not `get children()`: the class above has a member of that name, which its constructor sets.
    Object.defineProperties(this.prototype, {
      attribs: {
        get(this: ScannedElement) {
          return (this.ownAttributes ??= attributesOf(this.source.html, this.place.attributes, this.place.start));
        },
        set() {
          // by the constructor above, which knows of none
        },
      },
      children: {
        get(this: ScannedElement) {
          return (this.ownChildren ??= childrenOf(this));
        },
        set() {
          // likewise
        },
      },
    });
  }
}

/** The page; its children are those of the whole tree. */
export class ScannedDocument extends Document {
  readonly source: Source;

  constructor(source: Source) {
    super([]);
    this.source = source;
  }

  static {
    Object.defineProperty(this.prototype, 'children', {
      get(this: ScannedDocument) {
        return this.source.root.children;
      },
      set() {
        // by the constructor above
      },
    });
  }
}

function childrenOf(element: ScannedElement): ChildNode[] {
  const { source, place, contentEnd } = element;
  if (contentEnd <= place.start) return [];
  const text = source.html.slice(place.start, contentEnd);
  if (place.content === 'raw') return textNodes(element, element.name === 'title' ? titleText(text) : text);
  if (!text.includes('<')) return textNodes(element, decodeText(text));
  const nodes = place.content === 'foreign' ? undefined : source.nodes(place.start, contentEnd);
  if (nodes === undefined) return source.tree[place.number]?.children ?? [];
  for (const node of nodes) node.parent = element;
  return nodes;
}

function textNodes(parent: ParentNode, data: string): ChildNode[] {
  const text = new Text(data);
  text.parent = parent;
  return [text];
}

/** References count in a title, but where its end tag seems to begin (`<&amp;`) the parser has its own mind. */
function titleText(text: string): string {
  if (!text.includes('&')) return text;
  if (!/[<\x1c]/.test(text)) return decodeText(text);
  const [title] = parseDocument(`<title>${text}`).children;
  return title !== undefined && isTag(title)
    ? title.children.map((child) => ('data' in child ? child.data : '')).join('')
    : text;
}
