/** Whether the matches of a selector can be told without a tree: by start tags, and by which elements stand in which. */
import { isTraversal, parse, SelectorType, type Selector as Token } from 'css-what';

/** Pseudo-classes that only join tests of the same element. */
const JOINING: ReadonlySet<string> = new Set(['not', 'is', 'matches', 'where']);

/** Pseudo-classes about the place of an element among others, not about what is in it. */
const PLACES: ReadonlySet<string> = new Set([
  'root',
  'first-child',
  'last-child',
  'only-child',
  'first-of-type',
  'last-of-type',
  'only-of-type',
  'nth-child',
  'nth-last-child',
  'nth-of-type',
  'nth-last-of-type',
]);

/** @throws Error when the text is no selector */
export function isScannable(css: string): boolean {
  return css.trim() === '' || parse(css).every((tokens) => tokens.every(isForward));
}

function isForward(token: Token): boolean {
  switch (token.type) {
    case SelectorType.Tag:
    case SelectorType.Universal:
    case SelectorType.Attribute:
    case SelectorType.Child:
    case SelectorType.Descendant:
    case SelectorType.Adjacent:
    case SelectorType.Sibling:
      return true;
    case SelectorType.Pseudo:
      if (token.name === 'scope') return token.data === null;
      if (PLACES.has(token.name)) return !Array.isArray(token.data);
      return JOINING.has(token.name) && Array.isArray(token.data) && token.data.every((inner) => inner.every(isOfOne));
    case SelectorType.PseudoElement:
    case SelectorType.Parent:
    case SelectorType.ColumnCombinator:
      return false;
  }
}

/** Inside of `:not()` only tests of the element itself; what is around it is for the tree. */
function isOfOne(token: Token): boolean {
  return !isTraversal(token) && isForward(token) && !(token.type === SelectorType.Pseudo && token.name === 'scope');
}

/** The test asks where the element stands, in itself or in what it joins. */
export function asksPlace(token: Token): boolean {
  if (token.type === SelectorType.Adjacent || token.type === SelectorType.Sibling) return true;
  if (token.type !== SelectorType.Pseudo) return false;
  return PLACES.has(token.name) || (Array.isArray(token.data) && token.data.some((inner) => inner.some(asksPlace)));
}
