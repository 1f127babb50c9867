import { type Page, PageOutcome, type Row } from '../feed/messages.generated.ts';
import { FingerprintSet } from '../frontier/seen.ts';
import { fingerprint } from '../lib/fingerprint.ts';
import type { Words } from '../lib/content-fingerprint.ts';
import { ByteWriter } from '../store/bytes.ts';
import type { Store } from '../store/types.ts';
import { goneByKey, goneByPlace, withMembers } from './change-members.ts';
import {
  decodeKnown,
  CHANGES_RANGE,
  decodePage,
  encodeKnown,
  encodePage,
  type Kept,
  type Known,
  textOf,
  recordKey,
  pageKey,
} from './change-records.ts';

export interface ComparedExtractor {
  readonly name: string;
  /** Name of the field by which its records are known. */
  readonly key?: string | undefined;
  readonly invalid: 'keep' | 'drop' | 'fail';
  /** Absent: its records are not compared. */
  readonly change?: { readonly members: readonly string[] } | undefined;
}

/** What becomes of one record. */
export type Compared =
  | {
      readonly extractor: number;
      readonly change: 'new' | 'changed';
      /** The record with `_change` and what goes with it. */
      readonly json: Uint8Array;
      readonly filled: Uint8Array;
    }
  | { readonly extractor: number; readonly change: 'gone'; readonly json: Uint8Array }
  /** Not to be given out: as it was, or given by another page too. */
  | { readonly extractor: number; readonly change: 'same' | 'duplicate' };

interface Tracked {
  readonly number: number;
  /** Fingerprint of its name, as text: numbers change with the job. */
  readonly print: string;
  readonly key: string | undefined;
  readonly members: readonly string[];
  readonly dropsInvalid: boolean;
  /** Pages and keys that may be in the store; undefined = any. */
  readonly pages: FingerprintSet | undefined;
  readonly keys: FingerprintSet | undefined;
}

/** One page as one extractor reads it, now and at the visit before. */
interface Visit {
  readonly of: Tracked;
  readonly url: string;
  /** Fingerprint of the URL, as text. */
  readonly page: string;
  readonly before: readonly Kept[];
  readonly after: Kept[];
  readonly told: Compared[];
}

/**
 * Tells what is new, changed or gone since the visits before, for extractors with `change`. A record is known by its key, whatever page gives
 * it; without `key` by its page and its place there.
 *
 * A key that several pages give belongs to the first: what the others give is a duplicate, so that two versions of a record do not take turns.
 * When its page gives it no more, the next visited one of the others has it; when none gives it, it is gone. A record that has no value for its
 * key is new at each visit.
 *
 * All that is known lies in the store, and what a visit changes is in its open batch: one commit with the page. A visit reads one entry an
 * extractor, and one a record only where a key comes, goes or changes. In the run that begins with nothing known, which is the one where
 * all is new, fingerprints in memory spare it the reads that would find nothing. Keys in the store begin with `C`.
 */
export class Changes {
  readonly #store: Store;
  readonly #tracked: readonly (Tracked | undefined)[];

  readonly #writer = new ByteWriter();

  /**
   * @param extractors all of the job, in the order of their numbers
   * @throws {PinspiderError} STATE_DAMAGED
   */
  static async open(store: Store, extractors: readonly ComparedExtractor[]): Promise<Changes> {
    let isFirst = true;
    for await (const entries of store.scan({ ...CHANGES_RANGE, limit: 1 })) isFirst &&= entries.length === 0;
    return new Changes(store, extractors, isFirst);
  }

  private constructor(store: Store, extractors: readonly ComparedExtractor[], isFirst: boolean) {
    this.#store = store;
    const newSet = (): FingerprintSet | undefined => (isFirst ? new FingerprintSet() : undefined);
    this.#tracked = extractors.map(
      ({ name, key, invalid, change }, number) =>
        change && {
          number,
          print: textOf(printOf(name)),
          key,
          members: change.members,
          dropsInvalid: invalid === 'drop',
          pages: newSet(),
          keys: newSet(),
        },
    );
  }

  /** Whether records of an extractor are compared; then no other rule about equal keys holds for them. */
  tracks(extractor: number): boolean {
    return this.#tracked[extractor] !== undefined;
  }

  /**
   * Takes in a settled page. Reads that tell nothing of its records (not modified, failed but for 404 and 410, redirected for now, retried) change
   * nothing.
   *
   * @param url as it was leased
   * @param extractors numbers of those that read the page: all of its lane
   * @returns one for each record of extractors that are compared, in order, then those that are gone
   */
  visit(url: string, extractors: readonly number[], page: Page): readonly Compared[] {
    const rows = rowsOf(page);
    if (rows === undefined) return [];
    const told: Compared[] = [];
    for (const number of extractors) {
      const of = this.#tracked[number];
      if (of === undefined) continue;
      // Records that were dropped as invalid are still there: which they are, nobody knows, so none is called gone.
      const broken = of.dropsInvalid && page.invalid.some(({ extractor }) => extractor === number);
      const own = rows.filter(({ extractor }) => extractor === number);
      this.#compare(of, url, own, broken, told);
    }
    return told;
  }

  #compare(of: Tracked, url: string, rows: readonly Row[], broken: boolean, told: Compared[]): void {
    const print = printOf(url);
    const page = textOf(print);
    const key = pageKey(page, of.print);
    const stored = isSurelyNew(of.pages, print) ? undefined : this.#store.get(key);
    const visit: Visit = { of, url, page, before: stored ? decodePage(stored) : [], after: [], told };
    const missing = of.key === undefined ? comparePlaces(visit, rows) : this.#compareKeys(visit, rows);
    if (broken) visit.after.push(...missing);
    else this.#tellGone(visit, missing);
    const kept = visit.after.length > 0 ? encodePage(visit.after, this.#writer) : undefined;
    if (kept === undefined ? stored === undefined : stored !== undefined && kept.equals(stored)) return;
    if (kept === undefined) this.#store.delete(key);
    else this.#store.put(key, kept);
  }

  /** @returns what the visit before gave and this one does not */
  #compareKeys(visit: Visit, rows: readonly Row[]): readonly Kept[] {
    const { of, after, told } = visit;
    const before = new Map(visit.before.map((kept) => [kept.key, kept]));
    const seen = new Set<string>();
    for (const row of rows) {
      const [high, low] = row.key;
      if (high === undefined || low === undefined) {
        told.push(given(of, 'new', row, withMembers(row.json, of.members, visit.url, 0, 'new')));
        continue;
      }
      const id = textOf([high, low]);
      if (seen.has(id)) {
        told.push({ extractor: of.number, change: 'duplicate' });
      } else {
        seen.add(id);
        const content = contentOf(row);
        const { change, owned } = this.#judge(visit, row, id, content, before.get(id));
        after.push({ key: id, content, owned });
        told.push(
          change === 'new' || change === 'changed'
            ? given(of, change, row, withMembers(row.json, of.members, visit.url, 0, change))
            : { extractor: of.number, change },
        );
      }
    }
    return visit.before.filter(({ key }) => key === undefined || !seen.has(key));
  }

  #judge(
    { of, page }: Visit,
    row: Row,
    id: string,
    content: string,
    before: Kept | undefined,
  ): { readonly change: 'new' | 'changed' | 'same' | 'duplicate'; readonly owned: boolean } {
    if (before?.owned === true && before.content === content) return { change: 'same', owned: true };
    const key = recordKey(of.print, id);
    const known = isSurelyNew(of.keys, row.key) ? undefined : this.#known(key);
    if (known === undefined) {
      this.#put(key, { owner: page, pages: 1, content, gone: goneByKey(row.json, of.key ?? '') });
      return { change: 'new', owned: true };
    }
    const pages = known.pages + (before === undefined ? 1 : 0);
    const owned = known.owner === undefined || known.owner === page;
    if (!owned) {
      if (before === undefined) this.#put(key, { ...known, pages });
      return { change: 'duplicate', owned };
    }
    this.#put(key, { ...known, owner: page, pages, content });
    return { change: known.content === content ? 'same' : 'changed', owned };
  }

  #tellGone({ of, url, before, told }: Visit, missing: readonly Kept[]): void {
    for (const kept of missing) {
      if (kept.key === undefined) {
        told.push({ extractor: of.number, change: 'gone', json: goneByPlace(url, before.indexOf(kept)) });
        continue;
      }
      const key = recordKey(of.print, kept.key);
      const known = this.#known(key);
      if (known === undefined) continue;
      const pages = known.pages - 1;
      if (pages > 0) this.#put(key, { ...known, pages, owner: kept.owned ? undefined : known.owner });
      else {
        this.#store.delete(key);
        told.push({ extractor: of.number, change: 'gone', json: known.gone });
      }
    }
  }

  #known(key: string): Known | undefined {
    const stored = this.#store.get(key);
    return stored && decodeKnown(stored);
  }

  #put(key: string, known: Known): void {
    this.#store.put(key, encodeKnown(known, this.#writer));
  }
}

/** Of records that are known by their place. @returns what the visit before gave and this one does not */
function comparePlaces({ of, url, before, after, told }: Visit, rows: readonly Row[]): readonly Kept[] {
  for (const [i, row] of rows.entries()) {
    const content = contentOf(row);
    const known = before[i];
    after.push({ content, owned: true });
    if (known !== undefined && known.key === undefined && known.content === content) {
      told.push({ extractor: of.number, change: 'same' });
    } else {
      const change = known === undefined || known.key !== undefined ? 'new' : 'changed';
      told.push(given(of, change, row, withMembers(row.json, of.members, url, i, change)));
    }
  }
  return before.filter(({ key }, i) => key !== undefined || i >= rows.length);
}

function given(of: Tracked, change: 'new' | 'changed', { filled }: Row, json: Uint8Array): Compared {
  return { extractor: of.number, change, json, filled };
}

/** The records that a page gives now; undefined when the visit says nothing of them. */
function rowsOf({ outcome, status, records }: Page): readonly Row[] | undefined {
  if (outcome === PageOutcome.FETCHED) return records;
  const isGone = outcome === PageOutcome.FAILED && (status === 404 || status === 410);
  const isMoved = outcome === PageOutcome.REDIRECTED && (status === 301 || status === 308);
  return isGone || isMoved ? [] : undefined;
}

function contentOf({ content: [high = 0, low = 0] }: Row): string {
  return textOf([high, low]);
}

/** Takes note of a fingerprint. @returns whether nothing can be known of it */
function isSurelyNew(noted: FingerprintSet | undefined, [high = 0, low = 0]: readonly number[]): boolean {
  return noted?.add(high, low) === true;
}

function printOf(text: string): Words {
  const words = new Uint32Array(2);
  fingerprint(text, 0, words, 0);
  return [words[0] ?? 0, words[1] ?? 0];
}
