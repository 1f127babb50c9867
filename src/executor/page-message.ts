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
  const { outcome, transfer } = page;
  const extraction = outcome === 'fetched' ? page.extraction : undefined;
  // All members are named, so that all messages are of one shape: spread from parts they cost three times as much to make and encode.
  return {
    id: request.id,
    outcome: OUTCOMES[outcome],
    reason: outcome === 'fetched' ? undefined : page.reason,
    retry_at: outcome === 'retry' ? page.retryAt : undefined,
    status: transfer?.status,
    bytes: transfer?.bytes,
    elapsed_ms: transfer && Math.round(transfer.elapsedMs),
    records: extraction && rowsOf(extraction, work),
    links: outcome === 'fetched' || outcome === 'redirected' ? page.links : undefined,
    invalid: extraction?.invalid.map(({ extractor, errors }) => ({ extractor: numberOf(extractor, work), errors })),
    skipped: extraction?.skipped.map((extractor) => numberOf(extractor, work)),
    excluded: outcome === 'fetched' ? page.excluded : undefined,
    facts: 'facts' in page && page.facts ? factsMessage(page.facts) : undefined,
  };
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

function rowsOf({ records }: Extraction, work: Work): Sparse<Row>[] {
  return records.map((record) => {
    const extractor = numberOf(record.extractor, work);
    return rowOf(record, extractor, work.extractors[extractor]);
  });
}

function numberOf(name: string, { extractors }: Work): number {
  return extractors.findIndex((extractor) => extractor.name === name);
}

function rowOf(record: ExtractedRecord, extractor: number, spec: ExtractorSpec | undefined): Sparse<Row> {
  const filled = new Uint8Array(Math.ceil(record.filled.length / 8));
  record.filled.forEach((has, i) => {
    if (has) filled[i >> 3] = (filled[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return {
    extractor,
    json: Buffer.from(JSON.stringify(record.value)),
    key: record.key === undefined ? undefined : wordsOf(record.key),
    filled,
    content: spec?.change && wordsOf(comparedText(record.value, spec, spec.change)),
  };
}

function wordsOf(text: string): number[] {
  const words = new Uint32Array(2);
  fingerprint(text, 0, words, 0);
  return [...words];
}
