/**
 * Extractors after normalizing: every short form spelled out, as JSON data, so that they travel to executors.
 * `normalize.ts` makes them from what was written; `plan.ts` compiles them.
 */

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
}
