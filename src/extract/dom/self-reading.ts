import { Element, type AnyNode } from 'domhandler';

/** An element that can tell what it is asked most without a tree around it. */
export abstract class SelfReading extends Element {
  /** Itself and the elements beside it. */
  abstract siblings(): AnyNode[];

  /** The value of an attribute, its name in lower case; null when there is none. */
  abstract attribute(name: string): string | null;

  /** The text before it is collapsed; undefined when it takes the nodes to tell. */
  abstract gatherText(removed: ReadonlySet<AnyNode> | undefined): string | undefined;
}

/** Own attributes only: an object has a `constructor`, an element without that attribute has none. */
export function attributeOf(element: Element, name: string): string | null {
  if (element instanceof SelfReading) return element.attribute(name);
  const { attribs } = element;
  return Object.hasOwn(attribs, name) ? (attribs[name] ?? null) : null;
}
