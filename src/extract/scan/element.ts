/** Elements that the scan found: their attributes and content are read from the source when somebody asks for them. */
import { Text, type AnyNode, type ChildNode, type ParentNode } from 'domhandler';
import { SelfReading, SelfReadingPage } from '../dom/self-reading.ts';
import { PARTS_WORDS } from '../dom/text.ts';
import { decodeText, titleText } from './entities.ts';
import { ELEMENT } from './kernel.ts';
import { MARK } from './marks.ts';
import type { Source } from './source.ts';
import { VOID } from './tag-rules.ts';

/** How the content of an element is read: as markup, or like this. */
const RAW = 1;
/** Inside of SVG and MathML, where `/>` closes: it cannot be read on its own. */
const FOREIGN = 2;

const NONE: Record<string, string> = {};

/** An element as selectors and readings expect it; all that is about it is made when it is first asked for, `next` never. */
export class ScannedElement extends SelfReading {
  readonly source: Source;
  readonly number: number;
  ownAttributes: Record<string, string> | undefined;
  ownChildren: ChildNode[] | undefined;

  constructor(source: Source, number: number, name: string) {
    super(name, NONE);
    this.source = source;
    this.startIndex = this.number = number;
    this.ownAttributes = undefined;
    this.ownChildren = undefined;
  }

  override attribute(name: string): string | null {
    if (this.ownAttributes === undefined) return this.source.attribute(this.number, name);
    return Object.hasOwn(this.ownAttributes, name) ? (this.ownAttributes[name] ?? null) : null;
  }

  override gatherText(removed: ReadonlySet<AnyNode> | undefined): string | undefined {
    const { source, number } = this;
    if (source.fact(number, ELEMENT.content) === RAW) return undefined;
    const marks = source.fact(number, ELEMENT.marks);
    const marksEnd = source.fact(number, ELEMENT.marksEnd);
    return removed === undefined
      ? source.marked(marks, marksEnd)
      : source.markedWithout(source.inOrder(removed, this), marks, marksEnd);
  }

  override get content(): string {
    const { source, number } = this;
    return source.content(source.fact(number, ELEMENT.marks), source.fact(number, ELEMENT.marksEnd));
  }

  override siblings(): AnyNode[] {
    return this.source.siblings(this.number);
  }

  /** Its marks with what its own tags put around them. */
  get outerMarks(): number {
    const marks = this.source.fact(this.number, ELEMENT.marks);
    return PARTS_WORDS.has(this.name) ? marks - MARK : marks;
  }

  get outerMarksEnd(): number {
    const marksEnd = this.source.fact(this.number, ELEMENT.marksEnd);
    return PARTS_WORDS.has(this.name) && !VOID.has(this.name) ? marksEnd + MARK : marksEnd;
  }

  static {
    // Not `get children()` and so on: the classes above have members of these names, which their constructors set.
    const computed = (name: string, get: (this: ScannedElement) => unknown): void => {
      Object.defineProperty(this.prototype, name, {
        get,
        set() {
          // by the constructors above
        },
      });
    };
    computed('attribs', function () {
      return (this.ownAttributes ??= this.source.attributes(this.number));
    });
    computed('children', function () {
      return (this.ownChildren ??= childrenOf(this));
    });
    computed('parent', function () {
      const parent = this.source.fact(this.number, ELEMENT.parent);
      return parent < 0 ? this.source.root : this.source.element(parent);
    });
    computed('prev', function () {
      const before = this.source.fact(this.number, ELEMENT.before);
      return before < 0 ? null : this.source.element(before);
    });
    computed('endIndex', function () {
      return this.source.fact(this.number, ELEMENT.last);
    });
  }
}

/** The page; its children are those of the whole tree. */
export class ScannedDocument extends SelfReadingPage {
  readonly source: Source;

  constructor(source: Source) {
    super([]);
    this.source = source;
  }

  override gatherText(removed: ReadonlySet<AnyNode> | undefined): string {
    const { source } = this;
    return source.markedWithout(removed === undefined ? [] : source.inOrder(removed), 0, source.markCount);
  }

  static {
    Object.defineProperty(this.prototype, 'children', {
      get(this: ScannedDocument) {
        return this.source.document.children;
      },
      set() {
        // by the constructor above
      },
    });
  }
}

function childrenOf(element: ScannedElement): ChildNode[] {
  const { source, number } = element;
  const start = source.fact(number, ELEMENT.start);
  const end = source.fact(number, ELEMENT.end);
  if (end <= start) return [];
  const content = source.fact(number, ELEMENT.content);
  const text = source.text.slice(start, end);
  if (content === RAW) return textNodes(element, element.name === 'title' ? titleText(text) : text);
  if (!text.includes('<')) return textNodes(element, decodeText(text));
  const nodes = content === FOREIGN ? undefined : source.nodes(start, end);
  if (nodes === undefined) return source.tree[number]?.children ?? [];
  for (const node of nodes) node.parent = element;
  return nodes;
}

function textNodes(parent: ParentNode, data: string): ChildNode[] {
  const text = new Text(data);
  text.parent = parent;
  return [text];
}
