/** Elements that the scan found: their attributes and content are read from the source when somebody asks for them. */
import { Document, Text, type Element, type ChildNode, type ParentNode } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { parseFast } from '../dom/document.ts';
import { Registry } from '../dom/registry.ts';
import { SelfReading } from '../dom/text.ts';
import { decodeText, titleText } from './entities.ts';
import { gatherText, type Reader } from './text.ts';

// Past this many times the page's length, reading contents one by one costs more than the tree of the page.
const READ_MAX = 2;

/** A page's source, and what was read of it so far. */
export class Source {
  readonly html: string;
  readonly #reader: Reader;
  #tree: readonly Element[] | undefined;
  #root: Document | undefined;
  #read = 0;

  constructor(html: string, reader: Reader) {
    this.html = html;
    this.#reader = reader;
  }

  /** All elements of the page, in document order, as the other back end has them. */
  get tree(): readonly Element[] {
    this.#parse();
    return this.#tree ?? [];
  }

  get root(): Document {
    return this.#parse();
  }

  /** Of the start tag whose name ends at `nameEnd`. */
  attributes(nameEnd: number): Record<string, string> {
    const { startTag } = this.#reader;
    startTag.read(this.html, nameEnd);
    return startTag.attributes(this.html);
  }

  /** The text between two places with nothing open before them; undefined when only the nodes can tell. */
  text(start: number, end: number): string | undefined {
    return gatherText(this.html, start, end, this.#reader);
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
  /** Behind its name. */
  readonly nameEnd: number;
  /** Behind the `>` of its start tag. */
  readonly start: number;
  readonly content: Content;
}

const NONE: Record<string, string> = {};

/**
 * An element as selectors and readings expect it; `prev` and `next` are never set, and `parent` only when the scan linked it.
 * `children`, and `attribs` unless they are given, are made when they are first asked for: few elements that a selector might
 * want are.
 */
export class ScannedElement extends SelfReading {
  readonly source: Source;
  readonly place: Place;
  /** Where its content ends in the source. */
  contentEnd: number;
  ownAttributes: Record<string, string> | undefined;
  ownChildren: ChildNode[] | undefined;

  constructor(source: Source, name: string, place: Place, attributes: Record<string, string> | undefined) {
    super(name, NONE);
    this.source = source;
    this.place = place;
    this.contentEnd = place.start;
    this.ownAttributes = attributes;
    this.ownChildren = undefined;
    this.startIndex = this.endIndex = place.number;
  }

  override gatherText(): string | undefined {
    const { source, place, contentEnd, ownChildren } = this;
    if (ownChildren !== undefined || place.content !== 'markup') return undefined;
    return source.text(place.start, contentEnd);
  }

  static {
    // Not `get children()`: the class above has a member of that name, which its constructor sets.
    Object.defineProperties(this.prototype, {
      attribs: {
        get(this: ScannedElement) {
          return (this.ownAttributes ??= this.source.attributes(this.place.nameEnd));
        },
        set() {
          // by the constructor above
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
