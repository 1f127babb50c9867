import type { ExtractedRecord, Extraction, Json } from '../extract/types.ts';

export type RecordValue = Readonly<Record<string, Json>>;

/** What a run would store of one page: records by extractor, of those with the same key the first. */
export function storedRecords({ records }: Extraction): ReadonlyMap<string, readonly RecordValue[]> {
  const stored = new Map<string, RecordValue[]>();
  const keys = new Set<string>();
  for (const record of records) {
    if (isRepeated(record, keys)) continue;
    const list = stored.get(record.extractor);
    if (list) list.push(record.value);
    else stored.set(record.extractor, [record.value]);
  }
  return stored;
}

function isRepeated({ extractor, key }: ExtractedRecord, keys: Set<string>): boolean {
  if (key === undefined) return false;
  const name = JSON.stringify([extractor, key]);
  return keys.has(name) || !keys.add(name);
}
