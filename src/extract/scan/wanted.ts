/** Which elements the selectors of a plan may end at, told from a start tag alone. */
import {
  AttributeAction,
  isTraversal,
  parse,
  SelectorType,
  type AttributeSelector,
  type Selector as Token,
} from 'css-what';
import { asksPlace } from './scannable.ts';

/** Bits of `TagName.wanted`. */
export const BUILD = 1;
/** Selectors look at what is around the element. */
export const LINK = 2;

/** An attribute without which an element is not wanted. */
export interface WantedAttribute {
  /** Of elements of this name; of any when undefined. */
  readonly tag: string | undefined;
  /** Lower case. */
  readonly name: string;
  /** A word of its value, where that is telling. */
  readonly word: string | undefined;
  /** As in `TagName.wanted`. */
  readonly wanted: number;
}

export interface Wanted {
  /** What is wanted of elements of that name whatever their attributes are; has every name that any of this is about. */
  readonly names: ReadonlyMap<string, number>;
  /** What is wanted of every element. */
  readonly all: number;
  readonly attributes: readonly WantedAttribute[];
  /** Selectors ask what is beside an element. */
  readonly siblings: boolean;
}

/** The end of a selector: what its matches are, and whether it looks further. */
interface Goal {
  readonly compound: readonly Token[];
  readonly wanted: number;
  /** It asks what is beside it. */
  readonly place: boolean;
}

/** @param always bits that every selector wants */
export function wantedBy(selectors: Iterable<string>, always = BUILD): Wanted {
  const names = new Map<string, number>();
  const attributes = new Map<string, WantedAttribute>();
  let all = 0;
  let siblings = false;
  for (const css of selectors) {
    for (const { compound, place, ...goal } of goalsOf(css)) {
      const wanted = goal.wanted | always;
      siblings ||= place;
      const tag = compound.find((token) => token.type === SelectorType.Tag)?.name.toLowerCase();
      const attribute = tellingAttribute(compound);
      if (tag !== undefined) names.set(tag, (names.get(tag) ?? 0) | (attribute === undefined ? wanted : 0));
      if (attribute !== undefined) {
        const key = JSON.stringify([tag, attribute.name, attribute.word]);
        attributes.set(key, { ...attribute, tag, wanted: (attributes.get(key)?.wanted ?? 0) | wanted });
      } else if (tag === undefined) {
        all |= wanted;
      }
    }
  }
  return { names, all, attributes: [...attributes.values()], siblings };
}

function goalsOf(css: string): Goal[] {
  if (css.trim() === '') return [];
  return parse(css).map((tokens) => {
    const last = tokens.findLastIndex((token) => isTraversal(token));
    const place = tokens.some(asksPlace);
    return { compound: tokens.slice(last + 1), wanted: last < 0 && !place ? BUILD : BUILD | LINK, place };
  });
}

/** The attribute of a compound that fewest elements have: an id, else a class, else any that must be there. */
function tellingAttribute(compound: readonly Token[]): Omit<WantedAttribute, 'wanted' | 'tag'> | undefined {
  const tests = compound.filter(
    (token): token is AttributeSelector =>
      token.type === SelectorType.Attribute && token.action !== AttributeAction.Not,
  );
  const exact = tests.filter(
    ({ action, value, ignoreCase }) =>
      ignoreCase !== true && value !== '' && (action === AttributeAction.Equals || action === AttributeAction.Element),
  );
  const best = exact.find(({ name }) => name === 'id') ?? exact.find(({ name }) => name === 'class') ?? tests[0];
  if (best === undefined) return undefined;
  const name = best.name.toLowerCase();
  const telling = (name === 'id' || name === 'class') && exact.includes(best);
  return { name, word: telling && !/[^\x21-\x7e]/.test(best.value) ? best.value : undefined };
}
