/** Whether the matches of a selector are known when their start tags are read. */
import { isTraversal, parse, SelectorType, type Selector as Token } from 'css-what';

/** Pseudo-classes that only join tests of the same element. */
const JOINING: ReadonlySet<string> = new Set(['not', 'is', 'matches', 'where']);

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
      return true;
    case SelectorType.Pseudo:
      if (token.name === 'scope') return token.data === null;
      return JOINING.has(token.name) && Array.isArray(token.data) && token.data.every((inner) => inner.every(isOfOne));
    case SelectorType.PseudoElement:
    case SelectorType.Adjacent:
    case SelectorType.Sibling:
    case SelectorType.Parent:
    case SelectorType.ColumnCombinator:
      return false;
  }
}

/** Inside of `:not()` only tests of the element itself; what is around it is for the tree. */
function isOfOne(token: Token): boolean {
  return !isTraversal(token) && isForward(token) && !(token.type === SelectorType.Pseudo && token.name === 'scope');
}
