/**
 * Extractors after normalizing: every short form spelled out, as JSON data, so that they travel to executors.
 * `normalize.ts` makes them from what was written; `plan.ts` compiles them.
 */
import type { Json } from './types.ts';

/** Which links of a page to follow; at the top of a job and inside an extractor. */
export interface FollowRule {
  /** Selector with reading, e.g. `nav a[href]::attr(href)`. */
  readonly css: string;
  /** Patterns (lib/pattern.ts); empty allows all. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** Name of the extractor that shall treat the page behind the link. */
  readonly to?: string | undefined;
  /** Higher goes first. */
  readonly priority: number;
}

export interface ExtractorSpec {
  readonly name: string;
  /** Patterns (lib/pattern.ts) of which one must match the page's URL; empty matches all. */
  readonly match: readonly string[];
  readonly follow: readonly FollowRule[];
  readonly when?: Condition | undefined;
  /** Selectors whose nodes do not count for this extractor. */
  readonly remove: readonly string[];
  /** One record per match; without it one record per page. */
  readonly each?: string | undefined;
  /** Name of the field by which records are told apart. */
  readonly key?: string | undefined;
  /** Adds the ambient fields. */
  readonly meta: boolean;
  readonly invalid: 'keep' | 'drop' | 'fail';
  /** Only records that are new or changed since an earlier visit are given out. */
  readonly change?: ChangeSpec | undefined;
  readonly fields: readonly NamedField[];
}

export interface ChangeSpec {
  /** Top-level fields that do not count as a change. */
  readonly ignore: readonly string[];
  /**
   * Members that its records have at their end, behind ambient ones: `_change`, and what a record is known by where no field is its key: the
   * page's `_url` (unless `meta` gives it anyway) and `_index`, its number among the records of the page.
   */
  readonly members: readonly string[];
}

/** A list of pairs, not an object: objects put keys that look like integers first. */
export interface NamedField {
  readonly name: string;
  readonly field: FieldSpec;
}

/** What must hold for a field or an extractor to be read at all. */
export type Condition =
  | { readonly kind: 'css'; readonly css: string }
  | { readonly kind: 'status'; readonly statuses: readonly number[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] };

/** What is taken of an element: `count` is of the matches, not of one element. */
export type Reading =
  { readonly kind: 'text' | 'html' | 'name' | 'count' } | { readonly kind: 'attr'; readonly name: string };

/** Empty `css` reads the context element itself. */
export interface Selection {
  readonly css: string;
  readonly read: Reading;
}

export type FromName = 'url' | 'seed' | 'depth' | 'status' | 'headers' | 'now' | 'text' | 'html' | 'job' | 'task';

export type SourceSpec =
  | ({ readonly kind: 'css' } & Selection)
  | { readonly kind: 'from'; readonly name: FromName; readonly header?: string | undefined }
  /** The text of the context; for a `regex` that stands alone. */
  | { readonly kind: 'context' }
  | { readonly kind: 'const'; readonly value: Json }
  | { readonly kind: 'meta'; readonly name: string }
  | { readonly kind: 'case'; readonly branches: readonly CaseBranch[]; readonly otherwise: CaseValue }
  | { readonly kind: 'first_of'; readonly fields: readonly FieldSpec[] }
  | { readonly kind: 'each' | 'object'; readonly css: string; readonly fields: readonly NamedField[] };

export interface CaseBranch {
  readonly css: string;
  readonly then: CaseValue;
}

export type CaseValue =
  { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'field'; readonly field: FieldSpec };

/** `case` beside another source: the value read is looked up. */
export interface Dictionary {
  readonly entries: readonly (readonly [from: string, to: Json])[];
  /** A value without an entry: stays as it is, or becomes this. */
  readonly otherwise: 'keep' | { readonly value: Json };
}

export type ValueType =
  'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'url' | 'price' | 'count' | 'object';

export interface TransformCall {
  readonly name: string;
  readonly args: readonly Json[];
}

/** Worked off in the order of its members, `source` first but for `when` and `remove`. */
export interface FieldSpec {
  readonly when?: Condition | undefined;
  readonly remove: readonly string[];
  readonly source: SourceSpec;
  /** All matches instead of the first. */
  readonly list: boolean;
  /** RE2: group 1, or the whole match when it has no group. */
  readonly regex?: string | undefined;
  readonly transforms: readonly TransformCall[];
  readonly dictionary?: Dictionary | undefined;
  /** Of the value, or of each item of a list. */
  readonly type?: ValueType | undefined;
  readonly default?: Json | undefined;
  readonly required: boolean;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** RE2, anywhere in the text. */
  readonly pattern?: string | undefined;
  readonly enum?: readonly Json[] | undefined;
  readonly minItems?: number | undefined;
}
