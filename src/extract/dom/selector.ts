/**
 * Selectors, compiled for many pages and many contexts. css-select compiles the compounds; combinators are walked here,
 * because here a selector must match inside its context (`:scope`), and css-select would have to be compiled anew
 * for each context to know that.
 */
import {
  AttributeAction,
  isTraversal,
  parse,
  SelectorType,
  type Selector as Token,
  type TraversalType,
} from 'css-what';
import type { Element } from 'domhandler';
import { compileCompound } from './compound.ts';
import { allOf, countOf, firstOf, type Alternative, type Step } from './matching.ts';
import { ANY_TAG, type Registry, type SlotKind } from './registry.ts';
import { elementOf, type Scope } from './scope.ts';

/** Finds elements inside a scope, in document order. */
export interface Selector {
  readonly css: string;
  /** The slots that, on a whole page, are the matches: of elements with an attribute. Undefined when it is not as simple as that. */
  readonly slots: readonly number[] | undefined;
  first(scope: Scope): Element | null;
  all(scope: Scope): Element[];
  count(scope: Scope): number;
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
    if (compound.length > 0 || steps.length > 0) steps.push(compileStep(compound, combinator, registry));
    else steps.push({ test: () => true, scope: true, combinator: null, free: true });
    compound = [];
    combinator = token.type;
  }
  const last = compound;
  if (last.length === 0) throw new Error('a combinator needs something at its right');
  const [kind, name, tag] = tellingPart(last);
  const told = (kind === 'any' ? 0 : 1) + (tag === ANY_TAG ? 0 : 1);
  steps.push(compileStep(compound, combinator, registry));
  steps.reverse();
  return {
    steps,
    slot: registry.slot(kind, name, tag),
    kind,
    sure: steps.length === 1 && last.length === told && !last.some(isLoose),
    behind: steps.at(-1)?.scope === true && isSibling(steps.at(-2)?.combinator),
  };
}

function isSibling(combinator: TraversalType | null | undefined): boolean {
  return combinator === SelectorType.Adjacent || combinator === SelectorType.Sibling;
}

function compileStep(compound: readonly Token[], combinator: TraversalType | null, registry: Registry): Step {
  const rest = compound.filter((token) => !isScope(token));
  const scope = rest.length < compound.length;
  const test = compileCompound(rest, (tokens) => compileAlternative(tokens, registry));
  return { test, scope, combinator, free: rest.length === 0 };
}

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

function order(element: Element): number {
  return element.startIndex ?? 0;
}
