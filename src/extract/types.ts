/**
 * The seam between the extraction engine and its users. `crawl` hands in a page and gets records and links;
 * `job` hands in extractors as they were written and gets normalized ones, or faults with their places.
 */

import type { PageText } from '../lib/page-text.ts';

/** JSON data: what records are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Path of a key inside the written job, e.g. `['extractors', 'board', 'fields', 'thumbs', 0]`. */
export type KeyPath = readonly (string | number)[];

/**
 * Tells the caller of a fault in what was written; the caller knows lines and columns.
 * Normalizing goes on after a fault, so that all are told at once.
 */
export type TellFault = (fault: {
  readonly path: KeyPath;
  readonly what: string;
  readonly mend?: string | undefined;
  /** A warning does not make the job invalid. Default `error`. */
  readonly severity?: 'error' | 'warning';
  /** Offset and length inside the scalar at `path`, when the fault is about a part of it. */
  readonly span?: readonly [offset: number, length: number];
}) => void;

/** A fetched page, decoded. Times in ms since the epoch. */
export interface Page {
  /** Final URL, canonical; relative links resolve against `<base href>` or this. */
  readonly url: string;
  readonly seed: string;
  readonly depth: number;
  readonly status: number;
  /** Lower-case names; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly html: PageText;
  readonly fetchedAt: number;
  readonly job: string;
  readonly task: string;
  /** Extractor that a follow rule's `to:` chose; then only that one runs. */
  readonly to?: string | undefined;
  /** Links that may be left out, since they are known already: most of a site's pages have nothing but such links. */
  readonly known?: KnownLink | undefined;
}

export interface ExtractedRecord {
  readonly extractor: string;
  /** Own enumerable keys in the order in which the fields were written; ambient fields last. */
  readonly value: { readonly [key: string]: Json };
  /** Value of the extractor's `key` as text (JSON of it when it is no string); absent without `key`, or when it is null. */
  readonly key?: string | undefined;
  /** For each top-level field in order: not null and not an empty list. */
  readonly filled: readonly boolean[];
}

export interface InvalidRecord {
  readonly extractor: string;
  /** `board[3].title: required, nothing matched ".boardName .title"` */
  readonly errors: readonly string[];
}

/** A link as found: absolute and canonical (lib/url.ts), not tested against scope, once in a page and rule. */
export interface ExtractedLink {
  readonly url: string;
  /** Extractor that shall treat it. */
  readonly to?: string | undefined;
  /** Higher goes first. Default 0. */
  readonly priority: number;
  /** The words of the URL's fingerprint (lib/fingerprint.ts). */
  readonly high: number;
  readonly low: number;
}

/** Whether nobody asks any more for the link with this fingerprint. */
export type KnownLink = (high: number, low: number) => boolean;

export interface Extraction {
  readonly records: readonly ExtractedRecord[];
  /** Records that broke a rule. With `invalid: keep` they are among `records` too, with `_errors`. */
  readonly invalid: readonly InvalidRecord[];
  /** Extractors that matched the URL but whose `when` did not hold. */
  readonly skipped: readonly string[];
  readonly links: readonly ExtractedLink[];
  /** Set when an extractor with `invalid: fail` met an invalid record: the page counts as failed for this reason. */
  readonly failure?: string | undefined;
  /** The page says `<meta name="robots" content="nofollow">` (or `none`); only where links are asked for. */
  readonly nofollow: boolean;
}

/**
 * What reads the pages of a plan: a scan or a tree, and then why. Both give the same results. `mixed`: pages that one of these
 * extractors takes are trees, all others are scanned.
 */
export type BackEnd =
  | { readonly kind: 'scan' }
  | { readonly kind: 'dom'; readonly because: string }
  | { readonly kind: 'mixed'; readonly trees: readonly { readonly extractor: string; readonly because: string }[] };

/** Compiled once, used for every page of an executor's life. Pure: no I/O, no state between pages. */
export interface Plan {
  /** Extractor names in order, with their top-level field names in order. */
  readonly extractors: readonly { readonly name: string; readonly fields: readonly string[] }[];
  readonly backEnd: BackEnd;
  /** True when at least one extractor's `match` takes this URL (canonical form). */
  matches(url: string): boolean;
  extract(page: Page): Extraction;
}
