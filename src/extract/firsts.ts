/** Which pages need not be read to their end: those of which an extractor wants but the first matches of some selectors. */
import { parse, SelectorType, type Selector as Token } from 'css-what';
import { JOINING } from './dom/compound.ts';
import { TRANSFORMS } from './transforms/table.ts';
import type { CaseValue, Condition, ExtractorSpec, FieldSpec, SourceSpec } from './spec.ts';

interface Asked {
  /** Selectors whose first matches count, each with its content. */
  readonly firsts: string[];
  /** The page's base is asked for as well. */
  base: boolean;
}

/** All that an extractor asks of a page; undefined when it asks for more than first matches. */
export function firstsOf({ each, remove, when, follow, fields }: ExtractorSpec): Readonly<Asked> | undefined {
  if (each !== undefined || remove.length > 0 || follow.length > 0) return undefined;
  const asked: Asked = { firsts: [], base: false };
  const all = (when === undefined || ofCondition(when, asked)) && fields.every(({ field }) => ofField(field, asked));
  return all ? asked : undefined;
}

/** Adds the selectors of what is asked of the page; false when first matches are not enough. */
function ofField({ list, remove, when, source, transforms, type }: FieldSpec, asked: Asked): boolean {
  if (list || remove.length > 0) return false;
  asked.base ||= type === 'url' || transforms.some(({ name }) => TRANSFORMS.get(name)?.usesBase === true);
  return (when === undefined || ofCondition(when, asked)) && ofSource(source, asked);
}

function ofSource(source: SourceSpec, asked: Asked): boolean {
  switch (source.kind) {
    case 'css':
      return source.read.kind !== 'count' && ofSelector(source.css, asked);
    case 'from':
      return source.name !== 'text' && source.name !== 'html';
    case 'const':
      return true;
    case 'case':
      return (
        source.branches.every(({ css, then }) => ofSelector(css, asked) && ofCaseValue(then, asked)) &&
        ofCaseValue(source.otherwise, asked)
      );
    case 'first_of':
      return source.fields.every((field) => ofField(field, asked));
    case 'object':
      return source.css.trim() === '' && source.fields.every(({ field }) => ofField(field, asked));
    case 'context':
    case 'each':
    case 'meta':
      return false;
  }
}

function ofCaseValue(value: CaseValue, asked: Asked): boolean {
  return value.kind === 'value' || ofField(value.field, asked);
}

function ofCondition(condition: Condition, asked: Asked): boolean {
  switch (condition.kind) {
    case 'css':
      return ofSelector(condition.css, asked);
    case 'status':
      return true;
    case 'not':
      return ofCondition(condition.of, asked);
    case 'all':
    case 'any':
      return condition.of.every((one) => ofCondition(one, asked));
  }
}

function ofSelector(css: string, asked: Asked): boolean {
  if (css.trim() === '' || parse(css).some((tokens) => tokens.some(waits))) return false;
  asked.firsts.push(css);
  return true;
}

/** What stands in an element, beside or behind it may decide whether it matches. */
function waits(token: Token): boolean {
  if (token.type === SelectorType.Adjacent || token.type === SelectorType.Sibling) return true;
  if (token.type !== SelectorType.Pseudo || token.name === 'scope') return false;
  if (!JOINING.has(token.name) || !Array.isArray(token.data)) return true;
  return token.data.some((inner) => inner.some(waits));
}
