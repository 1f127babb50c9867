/** What is asked of elements, whether they stand in a tree or tell it themselves. */
import { Document, Element, isTag, type AnyNode } from 'domhandler';
import { DomUtils } from 'htmlparser2';

/** An element that can tell what it is asked most without a tree around it. */
export abstract class SelfReading extends Element {
  /** Itself and the elements beside it. */
  abstract siblings(): AnyNode[];

  /** The value of an attribute, its name in lower case; null when there is none. */
  abstract attribute(name: string): string | null;

  /** The text before it is collapsed; undefined when it takes the nodes to tell. */
  abstract gatherText(removed: ReadonlySet<AnyNode> | undefined): string | undefined;

  /** See `textContent`. */
  abstract readonly content: string;
}

/** Likewise a page. */
export abstract class SelfReadingPage extends Document {
  /** The text before it is collapsed. */
  abstract gatherText(removed: ReadonlySet<AnyNode> | undefined): string;
}

/** Own attributes only: an object has a `constructor`, an element without that attribute has none. */
export function attributeOf(element: Element, name: string): string | null {
  if (element instanceof SelfReading) return element.attribute(name);
  const { attribs } = element;
  return Object.hasOwn(attribs, name) ? (attribs[name] ?? null) : null;
}

/** All text in an element as it is written, scripts included (DOM, 4.4). */
export function textContent(element: Element): string {
  return element instanceof SelfReading ? element.content : DomUtils.textContent(element);
}

/** There is neither an element in it nor text, not even white space (Selectors 3, 6.6.5.10). */
export function isEmpty(element: Element): boolean {
  if (element instanceof SelfReading) return element.startIndex === element.endIndex && element.content === '';
  return !element.children.some((child) => isTag(child) || DomUtils.textContent(child) !== '');
}
