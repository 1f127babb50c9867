import type { Sparse } from '../feed/messages.ts';
import type { Page } from '../feed/messages.generated.ts';

/** What one report carries. */
export interface Parcel {
  readonly pages: readonly Sparse<Page>[];
  /** Links that count as stored once the report is answered. */
  readonly fingerprints: readonly number[];
}

// A report goes out as soon as the last one is answered and one of these holds: many small pages share a report, and a single
// slow page is not kept back for long.
const FULL_PAGES = 256;
const FULL_BYTES = 1024 * 1024;
const KEEP_MS = 50;

/** Pages that are settled and not yet reported. */
export class Outbox {
  #pages: Sparse<Page>[] = [];
  #fingerprints: number[] = [];
  #bytes = 0;
  #firstAt = 0;

  get size(): number {
    return this.#pages.length;
  }

  put(page: Sparse<Page>, fingerprints: readonly number[], now: number): void {
    if (this.#pages.length === 0) this.#firstAt = now;
    this.#pages.push(page);
    this.#bytes += sizeOf(page);
    for (const word of fingerprints) this.#fingerprints.push(word);
  }

  /** When what is held should go out at the latest; undefined when nothing is held. */
  dueAt(): number | undefined {
    if (this.#pages.length === 0) return undefined;
    return this.#pages.length >= FULL_PAGES || this.#bytes >= FULL_BYTES ? -Infinity : this.#firstAt + KEEP_MS;
  }

  takeAll(): Parcel {
    const parcel = { pages: this.#pages, fingerprints: this.#fingerprints };
    this.#pages = [];
    this.#fingerprints = [];
    this.#bytes = 0;
    return parcel;
  }
}

function sizeOf(page: Sparse<Page>): number {
  let size = 64;
  for (const row of page.records ?? []) size += row.json?.length ?? 0;
  for (const link of page.links ?? []) size += link.url?.length ?? 0;
  return size;
}
