/** Tests of one element: css-select's, but for what looks into an element, which is looked up among those of the page. */
import { compile as compileCss } from 'css-select';
import { isTraversal, SelectorType, type PseudoSelector, type Selector as Token } from 'css-what';
import { isTag, type AnyNode, type Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { isAny, type Alternative, type Test } from './matching.ts';
import { attributeOf, isEmpty, textContent, SelfReading } from './self-reading.ts';

type CompileRelative = (tokens: Token[]) => Alternative;

/**
 * @param compileRelative of a selector inside of `:has()`, whose context is the element that is tested
 * @throws Error when css-select does not know one of the pseudo-classes
 */
export function compileCompound(compound: readonly Token[], compileRelative: CompileRelative): Test {
  const own = compound.filter(looksInside);
  const rest = compound.filter((token) => !looksInside(token));
  const tests = own.map((token) => compileInside(token, compileRelative));
  if (rest.length > 0 || own.length === 0) tests.unshift(compileRest(rest));
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (element, dom) => tests.every((test) => test(element, dom));
}

function compileRest(compound: readonly Token[]): Test {
  // A copy: css-select sorts and completes the tokens it is given.
  return compound.length === 0
    ? () => true
    : compileCss<AnyNode, Element>([structuredClone([...compound])], CSS_OPTIONS);
}

// Caches would be state between pages, and weak sets cost more here than they save.
const CSS_OPTIONS = {
  cacheResults: false,
  relativeSelector: false,
  pseudos: {
    contains: (element: Element, text?: string | null) => textContent(element).includes(text ?? ''),
    icontains: (element: Element, text?: string | null) =>
      textContent(element)
        .toLowerCase()
        .includes((text ?? '').toLowerCase()),
    empty: (element: Element) => isEmpty(element),
  },
  adapter: {
    ...DomUtils,
    isTag: (node: AnyNode): node is Element => isTag(node),
    getAttributeValue: (element: Element, name: string): string | undefined => attributeOf(element, name) ?? undefined,
    hasAttrib: (element: Element, name: string): boolean => attributeOf(element, name) !== null,
    // domutils looks for children that are the element's own property, which those are not that are made when somebody asks
    getChildren: childrenOf,
    existsOne,
    getSiblings: (node: AnyNode): AnyNode[] =>
      node instanceof SelfReading ? node.siblings() : DomUtils.getSiblings(node),
  },
};

function childrenOf(node: AnyNode): AnyNode[] {
  return 'children' in node ? node.children : [];
}

function existsOne(test: (element: Element) => boolean, nodes: readonly AnyNode[]): boolean {
  return nodes.some((node) => (isTag(node) && test(node)) || existsOne(test, childrenOf(node)));
}

/** A pseudo-class that takes selectors. */
type Nesting = PseudoSelector & { readonly data: Token[][] };

/** Pseudo-classes that only join tests of the same element. */
export const JOINING: ReadonlySet<string> = new Set(['not', 'is', 'matches', 'where']);

function isNesting(token: Token): token is Nesting {
  return token.type === SelectorType.Pseudo && Array.isArray(token.data);
}

/** `:has()`, alone or among tests of the same element that are joined. */
function looksInside(token: Token): token is Nesting {
  if (!isNesting(token)) return false;
  if (token.name === 'has') return true;
  return (
    JOINING.has(token.name) &&
    token.data.some((tokens) => tokens.some(looksInside)) &&
    !token.data.some((tokens) => tokens.some(isTraversal))
  );
}

function compileInside({ name, data }: Nesting, compileRelative: CompileRelative): Test {
  if (name === 'has') return compileHas(data.map(compileRelative));
  const tests = data.map((tokens) => compileCompound(tokens, compileRelative));
  const wanted = name !== 'not';
  return (element, dom) => tests.some((test) => test(element, dom)) === wanted;
}

/** As selectors are found inside of a context: by the slots of the page, not by walking through the element. */
function compileHas(relative: readonly Alternative[]): Test {
  // the element is not in itself
  const sought = relative.filter(({ steps }) => steps[0]?.scope !== true);
  const inside = !sought.some(({ behind }) => behind);
  return (element, dom) => {
    if (inside && element.startIndex === element.endIndex) return false;
    const scope = { dom, node: element, removed: undefined };
    return sought.some((alternative) => isAny(alternative, scope));
  };
}
