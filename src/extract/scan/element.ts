/** Elements that the scan found: their attributes and content are read from the source when somebody asks for them. */
import { Document, Text, type AnyNode, type ChildNode, type ParentNode } from 'domhandler';
import { SelfReading } from '../dom/text.ts';
import { decodeText, titleText } from './entities.ts';
import { MARK } from './marks.ts';
import type { Source } from './source.ts';
import type { TagName } from './tag-names.ts';

/** How the content of an element is read. */
export type Content =
  | 'markup'
  /** It is text. */
  | 'raw'
  /** Inside of SVG and MathML, where `/>` closes: it cannot be read on its own. */
  | 'foreign';

/** Where an element stands in the source. */
export interface Place {
  tag: TagName;
  /** Its number in document order, which is its number in the tree as well. */
  number: number;
  /** Behind its name. */
  nameEnd: number;
  /** Behind the `>` of its start tag. */
  start: number;
  content: Content;
  /** Its first mark. */
  marks: number;
  /** Number of the element before it with the same parent; -1 when there is none, or nobody asks. */
  before: number;
}

const NONE: Record<string, string> = {};

/**
 * An element as selectors and readings expect it; `parent` is set only when the scan linked it, `next` never. `children`, and
 * `attribs` unless they are given, are made when they are first asked for: few elements that a selector might want are.
 */
export class ScannedElement extends SelfReading {
  readonly source: Source;
  readonly tag: TagName;
  readonly nameEnd: number;
  readonly start: number;
  readonly content: Content;
  /** Where its content ends in the source. */
  contentEnd: number;
  readonly marks: number;
  marksEnd: number;
  readonly before: number;
  ownAttributes: Record<string, string> | undefined;
  ownChildren: ChildNode[] | undefined;

  constructor(source: Source, place: Readonly<Place>, attributes: Record<string, string> | undefined) {
    super(place.tag.name, NONE);
    this.source = source;
    this.tag = place.tag;
    this.nameEnd = place.nameEnd;
    this.contentEnd = this.start = place.start;
    this.content = place.content;
    this.marksEnd = this.marks = place.marks;
    this.before = place.before;
    this.ownAttributes = attributes;
    this.ownChildren = undefined;
    this.startIndex = this.endIndex = place.number;
  }

  override gatherText(removed: ReadonlySet<AnyNode> | undefined): string | undefined {
    if (this.content === 'raw') return undefined;
    const { source, marks, marksEnd } = this;
    if (removed === undefined) return source.marks.read(marks, marksEnd);
    let text = '';
    let from = marks;
    for (const { outerMarks, outerMarksEnd } of source.inOrder(removed, this)) {
      // what is inside of something removed is gone already
      if (outerMarks < from) continue;
      text += source.marks.read(from, outerMarks);
      from = outerMarksEnd;
    }
    return text + source.marks.read(from, marksEnd);
  }

  override siblings(): AnyNode[] {
    return this.source.siblings(this);
  }

  /** `marks` and `marksEnd` with what its own tags put around them. */
  get outerMarks(): number {
    return this.tag.partsWords ? this.marks - MARK : this.marks;
  }

  get outerMarksEnd(): number {
    return this.tag.partsWords && !this.tag.isVoid ? this.marksEnd + MARK : this.marksEnd;
  }

  static {
    // Not `get children()`: the classes above have members of these names, which their constructors set.
    Object.defineProperties(this.prototype, {
      attribs: {
        get(this: ScannedElement) {
          return (this.ownAttributes ??= this.source.attributes(this.nameEnd));
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
      prev: {
        get(this: ScannedElement) {
          return this.before < 0 ? null : this.source.elementBefore(this);
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
  const { source, content, start, contentEnd } = element;
  if (contentEnd <= start) return [];
  const text = source.text.slice(start, contentEnd);
  if (content === 'raw') return textNodes(element, element.name === 'title' ? titleText(text) : text);
  if (!text.includes('<')) return textNodes(element, decodeText(text));
  const nodes = content === 'foreign' ? undefined : source.nodes(start, contentEnd);
  if (nodes === undefined) return source.tree[element.startIndex ?? 0]?.children ?? [];
  for (const node of nodes) node.parent = element;
  return nodes;
}

function textNodes(parent: ParentNode, data: string): ChildNode[] {
  const text = new Text(data);
  text.parent = parent;
  return [text];
}
