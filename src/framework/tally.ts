import { type Page, PageOutcome } from '../feed/messages.generated.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import type { Compared } from './changes.ts';

/** What is counted of one extractor. */
export interface ExtractorTally {
  records: number;
  invalid: number;
  skipped: number;
  duplicates: number;
  /** Records left out because they are as they were at an earlier visit. */
  unchanged: number;
  /** Records of earlier visits that are no more. */
  gone: number;
  /** How many stored records have a value, for each top-level field. */
  readonly filled: number[];
  /** The first few reasons for which records were invalid, with their counts. */
  readonly reasons: Map<string, number>;
}

/** All counts as JSON data, for the next process of an unfinished crawl. */
export interface TallyState {
  readonly bytes: number;
  readonly pages: number;
  readonly failures: readonly (readonly [string, number])[];
  readonly firstTrouble: string | undefined;
  readonly extractors: readonly (Omit<ExtractorTally, 'reasons'> & {
    readonly reasons: readonly (readonly [string, number])[];
  })[];
}

const REASONS_MAX = 20;

/** Counts pages, records and bytes of a run. Every figure of the summary that is not the frontier's or the core's. */
export class Tally {
  readonly extractors: readonly ExtractorTally[];
  /** Bodies on the wire. */
  bytes: number;
  pages: number;
  /** Why URLs failed, with counts: `http 404`. */
  readonly failures: Map<string, number>;
  /** Why URLs that were leased were not fetched after all: the robots.txt rule. */
  /** The first reason for which a URL was not fetched, in full. */
  firstTrouble: string | undefined;
  readonly #fields: readonly (readonly string[])[];
  readonly #names: readonly string[];

  /** @param state of the last process, whose extractors were the same */
  constructor(
    extractors: readonly { readonly name: string; readonly fields: readonly string[] }[],
    state?: TallyState,
  ) {
    this.#names = extractors.map((extractor) => extractor.name);
    this.#fields = extractors.map((extractor) => extractor.fields);
    this.extractors = extractors.map(({ fields }, i) => {
      const known = state?.extractors[i];
      const { records = 0, invalid = 0, skipped = 0, duplicates = 0, unchanged = 0, gone = 0 } = known ?? {};
      return {
        records,
        invalid,
        skipped,
        duplicates,
        unchanged,
        gone,
        filled: fields.map((_, field) => known?.filled[field] ?? 0),
        reasons: new Map(known?.reasons),
      };
    });
    this.bytes = state?.bytes ?? 0;
    this.pages = state?.pages ?? 0;
    this.failures = new Map(state?.failures);
    this.firstTrouble = state?.firstTrouble;
  }

  state(): TallyState {
    const { bytes, pages, firstTrouble } = this;
    return {
      bytes,
      pages,
      failures: [...this.failures],
      firstTrouble,
      extractors: this.extractors.map((tally) => ({ ...tally, reasons: [...tally.reasons] })),
    };
  }

  page(page: Page): void {
    this.bytes += page.bytes;
    this.pages++;
    const { outcome, reason } = page;
    if (reason !== '' && outcome !== PageOutcome.REDIRECTED) this.firstTrouble ??= reason;
    if (outcome === PageOutcome.FAILED || outcome === PageOutcome.RETRY) {
      bump(this.failures, reason.replace(/:.*$/s, ''), REASONS_MAX);
    }
    for (const extractor of page.skipped) this.#of(extractor).skipped++;
    for (const { extractor, errors } of page.invalid) {
      const tally = this.#of(extractor);
      tally.invalid++;
      for (const error of errors) bump(tally.reasons, error.replace(/\[\d+\]/g, '[]'), REASONS_MAX);
    }
  }

  /** @param filled bit i of byte i/8: the i-th top-level field has a value */
  record(extractor: number, filled: Uint8Array): void {
    const tally = this.#of(extractor);
    tally.records++;
    for (let i = 0; i < tally.filled.length; i++) {
      if (((filled[i >> 3] ?? 0) >> (i & 7)) & 1) tally.filled[i] = (tally.filled[i] ?? 0) + 1;
    }
  }

  duplicate(extractor: number): void {
    this.#of(extractor).duplicates++;
  }

  /** A record of an extractor with `change`. */
  compared(compared: Compared): void {
    const { extractor, change } = compared;
    if (change === 'new' || change === 'changed') this.record(extractor, compared.filled);
    else if (change === 'duplicate') this.duplicate(extractor);
    else if (change === 'gone') this.#of(extractor).gone++;
    else this.#of(extractor).unchanged++;
  }

  /** `{ EXTRACTOR: n }` */
  by(count: (tally: ExtractorTally) => number): Record<string, number> {
    return Object.fromEntries(this.extractors.map((tally, i) => [this.#names[i] ?? '', count(tally)]));
  }

  /** `{ EXTRACTOR: { FIELD: ratio } }`, of stored records; extractors without records have no ratios. */
  filled(): Record<string, Record<string, number>> {
    const ratio = (tally: ExtractorTally, i: number): Record<string, number> =>
      tally.records === 0
        ? {}
        : Object.fromEntries(
            (this.#fields[i] ?? []).map((field, f) => [field, round((tally.filled[f] ?? 0) / tally.records)]),
          );
    return Object.fromEntries(this.extractors.map((tally, i) => [this.#names[i] ?? '', ratio(tally, i)]));
  }

  #of(extractor: number): ExtractorTally {
    const tally = this.extractors[extractor];
    if (!tally) throw new Error(`bug: extractor ${extractor} of ${this.extractors.length}`);
    return tally;
  }
}

const round = (ratio: number): number => Math.round(ratio * 10_000) / 10_000;

function bump(counts: Map<string, number>, key: string, max: number): void {
  if (counts.has(key) || counts.size < max) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Which expectations of the job do not hold: `board: 3 records, expected at least 10`. */
export function brokenExpectations(expect: ResolvedJob['expect'], tally: Tally): string[] {
  // What is as it was is there, though it is not written again.
  const records = tally.by((t) => t.records + t.unchanged);
  const stored = tally.by((t) => t.records);
  const invalid = tally.by((t) => t.invalid);
  const filled = tally.filled();
  return Object.entries(expect).flatMap(([name, { minRecords, filled: ratios, maxErrorRate }]) => {
    const count = records[name] ?? 0;
    const errors = invalid[name] ?? 0;
    const rate = count + errors === 0 ? 0 : errors / (count + errors);
    const faults = Object.entries(ratios)
      .filter(([field, least]) => (stored[name] ?? 0) > 0 && (filled[name]?.[field] ?? 0) < least)
      .map(
        ([field, least]) =>
          `${name}.${field}: filled in ${percent(filled[name]?.[field] ?? 0)}, expected ${percent(least)}`,
      );
    if (count < minRecords) faults.unshift(`${name}: ${count} records, expected at least ${minRecords}`);
    if (maxErrorRate !== null && rate > maxErrorRate) {
      faults.push(`${name}: ${percent(rate)} of records are invalid, expected at most ${percent(maxErrorRate)}`);
    }
    return faults;
  });
}

const percent = (ratio: number): string => `${Math.round(ratio * 1000) / 10} %`;
