/**
 * Selectors, compiled for many pages and many contexts. css-select compiles the compounds; combinators are walked here,
 * because here a selector must match inside its context (`:scope`), and css-select would have to be compiled anew
 * for each context to know that.
 */
import { compile as compileCss } from 'css-select';
import {
  AttributeAction,
  isTraversal,
  parse,
  SelectorType,
  type Selector as Token,
  type TraversalType,
} from 'css-what';
import { DomUtils } from 'htmlparser2';
import { isTag, type AnyNode, type Document, type Element } from 'domhandler';
import { inside, only, whole, type Candidates } from './candidates.ts';
import { ANY_TAG, type Registry, type SlotKind } from './registry.ts';
import { elementOf, isRemoved, type Scope } from './scope.ts';
import { attributeOf, SelfReading } from './self-reading.ts';

/** Finds elements inside a scope, in document order. */
export interface Selector {
  readonly css: string;
  /** The slots that, on a whole page, are the matches: of elements with an attribute. Undefined when it is not as simple as that. */
  readonly slots: readonly number[] | undefined;
  first(scope: Scope): Element | null;
  all(scope: Scope): Element[];
  count(scope: Scope): number;
}

/** A compound and how it hangs on the one at its left. */
interface Step {
  readonly test: (element: Element) => boolean;
  /** Must be the context itself. */
  readonly scope: boolean;
  readonly combinator: TraversalType | null;
}

interface Alternative {
  /** Right to left. */
  readonly steps: readonly Step[];
  readonly slot: number;
  readonly kind: SlotKind;
  /** All elements of the slot match. */
  readonly sure: boolean;
  /** What it looks for may stand beside the context. */
  readonly beside: boolean;
}

/**
 * @throws Error when the text is no selector, or one that css-select does not know
 */
export function compileSelector(css: string, registry: Registry): Selector {
  if (css.trim() === '') return CONTEXT;
  const alternatives = parse(css).map((tokens) => {
    if (!css.includes('\\')) refuseOddNames(tokens);
    return compileAlternative(tokens, registry);
  });
  const slots = alternatives.every(({ sure, kind }) => sure && kind === 'attribute')
    ? alternatives.map(({ slot }) => slot)
    : undefined;
  const [only] = alternatives;
  if (alternatives.length === 1 && only !== undefined) {
    return {
      css,
      slots,
      first: (scope) => firstOf(only, scope),
      all: (scope) => allOf(only, scope),
      count: (scope) => countOf(only, scope),
    };
  }
  const all = (scope: Scope): Element[] =>
    [...new Set(alternatives.flatMap((alternative) => allOf(alternative, scope)))].sort((a, b) => order(a) - order(b));
  return {
    css,
    slots,
    first: (scope) =>
      alternatives.reduce<Element | null>((best, alternative) => {
        const found = firstOf(alternative, scope);
        return best === null || (found !== null && order(found) < order(best)) ? found : best;
      }, null),
    all,
    count: (scope) => all(scope).length,
  };
}

/** The empty selector: the context itself, nothing when that is the page. */
const CONTEXT: Selector = {
  css: '',
  slots: undefined,
  first: elementOf,
  all: (scope) => {
    const element = elementOf(scope);
    return element === null ? [] : [element];
  },
  count: (scope) => (elementOf(scope) === null ? 0 : 1),
};

/** css-what takes `.a..b` for the class `.b`; without a backslash no name begins like this. */
function refuseOddNames(tokens: readonly Token[]): void {
  for (const token of tokens) {
    // only the short forms `.x` and `#x` have this mode
    if (token.type !== SelectorType.Attribute || token.ignoreCase !== 'quirks') continue;
    if (/^[\s.#]/.test(token.value)) throw new Error(`expected a name after "${token.name === 'id' ? '#' : '.'}"`);
  }
}

function compileAlternative(tokens: readonly Token[], registry: Registry): Alternative {
  const steps: Step[] = [];
  let compound: Token[] = [];
  let combinator: TraversalType | null = null;
  for (const token of tokens) {
    if (!isTraversal(token)) {
      compound.push(token);
      continue;
    }
    if (token.type === SelectorType.ColumnCombinator || token.type === SelectorType.Parent) {
      throw new Error(`the combinator "${token.type === SelectorType.Parent ? '<' : '||'}" is not supported`);
    }
    // A leading combinator hangs on the context.
    if (compound.length > 0 || steps.length > 0) steps.push(compileStep(compound, combinator));
    else steps.push({ test: () => true, scope: true, combinator: null });
    compound = [];
    combinator = token.type;
  }
  const last = compound;
  if (last.length === 0) throw new Error('a combinator needs something at its right');
  const [kind, name, tag] = tellingPart(last);
  const told = (kind === 'any' ? 0 : 1) + (tag === ANY_TAG ? 0 : 1);
  steps.push(compileStep(compound, combinator));
  steps.reverse();
  return {
    steps,
    slot: registry.slot(kind, name, tag),
    kind,
    sure: steps.length === 1 && last.length === told && !last.some(isLoose),
    beside:
      steps.some((step) => step.combinator === SelectorType.Adjacent || step.combinator === SelectorType.Sibling) &&
      steps.at(-1)?.scope === true,
  };
}

function compileStep(compound: readonly Token[], combinator: TraversalType | null): Step {
  const rest = compound.filter((token) => !isScope(token));
  const scope = rest.length < compound.length;
  // A copy: css-select sorts and completes the tokens it is given.
  const query = rest.length === 0 ? () => true : compileCss<AnyNode, Element>([structuredClone(rest)], CSS_OPTIONS);
  return { test: query, scope, combinator };
}

// Caches would be state between pages, and weak sets cost more here than they save.
const CSS_OPTIONS = {
  cacheResults: false,
  relativeSelector: false,
  adapter: {
    ...DomUtils,
    isTag: (node: AnyNode): node is Element => isTag(node),
    getAttributeValue: (element: Element, name: string): string | undefined => attributeOf(element, name) ?? undefined,
    hasAttrib: (element: Element, name: string): boolean => attributeOf(element, name) !== null,
    getSiblings: (node: AnyNode): AnyNode[] =>
      node instanceof SelfReading ? node.siblings() : DomUtils.getSiblings(node),
  },
};

function isScope(token: Token): boolean {
  return token.type === SelectorType.Pseudo && token.name === 'scope';
}

/** More is asked of an attribute than that it is there, or has this word: the slot cannot tell. */
function isLoose(token: Token): boolean {
  if (token.type !== SelectorType.Attribute) return false;
  if (token.action === AttributeAction.Exists) return false;
  const exact = token.value !== '' && !/\s/.test(token.value) && token.ignoreCase !== true;
  if (token.name === 'id' && token.action === AttributeAction.Equals) return !exact;
  return !(token.name === 'class' && token.action === AttributeAction.Element && exact);
}

/** The part of a compound that fewest elements have. */
function tellingPart(compound: readonly Token[]): [kind: SlotKind, name: string, tag: string] {
  let kind: SlotKind = 'any';
  let name = '';
  let tag = ANY_TAG;
  for (const token of compound) {
    if (token.type === SelectorType.Tag) tag = token.name.toLowerCase();
    if (token.type !== SelectorType.Attribute || kind === 'id' || token.ignoreCase === true) continue;
    const exact = token.value !== '' && !/\s/.test(token.value);
    if (token.name === 'id' && token.action === AttributeAction.Equals && exact) [kind, name] = ['id', token.value];
    else if (kind === 'class') continue;
    else if (token.name === 'class' && token.action === AttributeAction.Element && exact)
      [kind, name] = ['class', token.value];
    else if (token.action !== AttributeAction.Not) [kind, name] = ['attribute', token.name.toLowerCase()];
  }
  return [kind, name, tag];
}

function firstOf(alternative: Alternative, scope: Scope): Element | null {
  const { slot, from, to } = candidatesOf(alternative, scope);
  const sure = isSure(alternative, scope);
  for (let i = from; i < to; i++) {
    const element = slot.at(i);
    if (element !== undefined && (sure || accepts(alternative, element, scope))) return element;
  }
  return null;
}

function allOf(alternative: Alternative, scope: Scope): Element[] {
  const { slot, from, to } = candidatesOf(alternative, scope);
  const sure = isSure(alternative, scope);
  const all: Element[] = [];
  for (let i = from; i < to; i++) {
    const element = slot.at(i);
    if (element !== undefined && (sure || accepts(alternative, element, scope))) all.push(element);
  }
  return all;
}

function countOf(alternative: Alternative, scope: Scope): number {
  if (!isSure(alternative, scope)) return allOf(alternative, scope).length;
  const { from, to } = candidatesOf(alternative, scope);
  return to - from;
}

function isSure({ sure }: Alternative, { removed }: Scope): boolean {
  return sure && removed === undefined;
}

function accepts({ steps }: Alternative, element: Element, scope: Scope): boolean {
  return matches(steps, 0, element, scope.node) && !isRemoved(element, scope);
}

/** The elements of the alternative's slot that lie inside the scope. */
function candidatesOf(alternative: Alternative, scope: Scope): Candidates {
  const slot = scope.dom.slots[alternative.slot];
  if (slot === undefined) throw new Error('bug: the page was not sorted for this selector');
  const context = elementOf(scope);
  if (context === null) return whole(slot);
  if (alternative.steps[0]?.scope === true) return only(context);
  if (!alternative.beside) return inside(slot, context);
  const { parent } = context;
  return parent === null || !isTag(parent) ? whole(slot) : inside(slot, parent);
}

function order(element: Element): number {
  return element.startIndex ?? 0;
}

/** Step `index` holds for `element`, and all steps at its left hold inside the context. */
function matches(steps: readonly Step[], index: number, element: Element, context: Document | Element): boolean {
  const step = steps[index];
  if (step === undefined) return true;
  if (step.scope ? element !== context || !step.test(element) : element === context || !step.test(element))
    return false;
  switch (step.combinator) {
    case null:
      return true;
    case SelectorType.Child:
      return matchesParent(steps, index + 1, element.parent, context);
    case SelectorType.Adjacent: {
      const before = elementBefore(element);
      return before !== null && matches(steps, index + 1, before, context);
    }
    case SelectorType.Sibling:
      for (let at = elementBefore(element); at !== null; at = elementBefore(at)) {
        if (matches(steps, index + 1, at, context)) return true;
      }
      return false;
    case SelectorType.Descendant:
    case SelectorType.Parent: // refused when compiling
    case SelectorType.ColumnCombinator:
      for (let at = element.parent; at !== null; at = at.parent) {
        if (matchesParent(steps, index + 1, at, context)) return true;
        if (at === context) return false;
      }
      return false;
  }
}

/** As `matches`, for a parent, which may be the page itself. */
function matchesParent(
  steps: readonly Step[],
  index: number,
  parent: AnyNode | null,
  context: Document | Element,
): boolean {
  if (parent === null) return false;
  if (isTag(parent)) return matches(steps, index, parent, context);
  const step = steps[index];
  return step !== undefined && step.scope && parent === context && step.combinator === null;
}

function elementBefore(element: Element): Element | null {
  for (let at = element.prev; at !== null; at = at.prev) if (isTag(at)) return at;
  return null;
}
