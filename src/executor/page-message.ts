import type { CrawledPage } from '../crawl/page.ts';
import type { PageFacts } from '../crawl/page-facts.ts';
import type { Work } from '../crawl/work.ts';
import { comparedText } from '../extract/change.ts';
import type { ExtractorSpec } from '../extract/spec.ts';
import type { ExtractedRecord, Extraction } from '../extract/types.ts';
import type { Sparse } from '../feed/messages.ts';
import { type Facts, type Page, PageOutcome, type Request, type Row } from '../feed/messages.generated.ts';
import { fingerprint } from '../lib/fingerprint.ts';

const OUTCOMES = {
  fetched: PageOutcome.FETCHED,
  'not-modified': PageOutcome.NOT_MODIFIED,
  redirected: PageOutcome.REDIRECTED,
  failed: PageOutcome.FAILED,
  retry: PageOutcome.RETRY,
} as const;

/** A crawled page as it is reported. Extractors travel as their numbers in `work.extractors`. */
export function pageMessage(request: Request, page: CrawledPage, work: Work): Sparse<Page> {
  const transfer = page.transfer;
  const head = {
    id: request.id,
    outcome: OUTCOMES[page.outcome],
    ...(transfer && { status: transfer.status, bytes: transfer.bytes, elapsed_ms: Math.round(transfer.elapsedMs) }),
  };
  switch (page.outcome) {
    case 'fetched':
      return {
        ...head,
        ...(page.extraction && extractionMessage(page.extraction, work)),
        links: page.links,
        excluded: page.excluded,
        ...(page.facts && { facts: factsMessage(page.facts) }),
      };
    case 'redirected':
      return { ...head, reason: page.reason, links: page.links };
    case 'retry':
      return { ...head, reason: page.reason, retry_at: page.retryAt };
    case 'failed':
      return { ...head, reason: page.reason };
    case 'not-modified':
      return { ...head, reason: page.reason, ...(page.facts && { facts: factsMessage(page.facts) }) };
  }
}

function factsMessage({ etag, lastModified, content }: PageFacts): Sparse<Facts> {
  return { etag, last_modified: lastModified, content };
}

/** What a request brings of the fetch before. */
export function factsOf({ etag, last_modified, content }: Facts): PageFacts {
  const [high, low] = content;
  return {
    ...(etag && { etag }),
    ...(last_modified && { lastModified: last_modified }),
    ...(high !== undefined && low !== undefined && { content: [high, low] }),
  };
}

function extractionMessage({ records, invalid, skipped }: Extraction, work: Work): Sparse<Page> {
  const number = (name: string): number => work.extractors.findIndex((extractor) => extractor.name === name);
  return {
    records: records.map((record) => {
      const extractor = number(record.extractor);
      return rowOf(record, extractor, work.extractors[extractor]);
    }),
    invalid: invalid.map(({ extractor, errors }) => ({ extractor: number(extractor), errors })),
    skipped: skipped.map(number),
  };
}

function rowOf(record: ExtractedRecord, extractor: number, spec: ExtractorSpec | undefined): Sparse<Row> {
  const filled = new Uint8Array(Math.ceil(record.filled.length / 8));
  for (const [i, has] of record.filled.entries()) if (has) filled[i >> 3] = (filled[i >> 3] ?? 0) | (1 << (i & 7));
  return {
    extractor,
    json: Buffer.from(JSON.stringify(record.value)),
    filled,
    ...(record.key !== undefined && { key: wordsOf(record.key) }),
    ...(spec?.change && { content: wordsOf(comparedText(record.value, spec, spec.change)) }),
  };
}

function wordsOf(text: string): number[] {
  const words = new Uint32Array(2);
  fingerprint(text, 0, words, 0);
  return [...words];
}
