/** Judging records: ambient fields, key, and what becomes of invalid ones. */
import { isEmpty } from './pipeline.ts';
import type { ExtractorSpec } from './spec.ts';
import { fromMs, showDatetime } from './transforms/dates.ts';
import { hashOf } from './transforms/text.ts';
import type { ExtractedRecord, InvalidRecord, Json, Page } from './types.ts';

export interface Judged {
  /** Undefined when an invalid record is not kept. */
  readonly record?: ExtractedRecord | undefined;
  readonly invalid?: InvalidRecord | undefined;
}

/** @param value the record's own fields; members are added to it */
export function judge(spec: ExtractorSpec, value: Record<string, Json>, errors: readonly string[], page: Page): Judged {
  const invalid = errors.length === 0 ? undefined : { extractor: spec.name, errors };
  if (invalid !== undefined && spec.invalid !== 'keep') return { invalid };
  const filled = spec.fields.map(({ name }) => isFilled(value[name] ?? null));
  const key = spec.key === undefined ? null : (value[spec.key] ?? null);
  const ambient = spec.meta ? ambientFields(spec.name, value, page) : undefined;
  if (invalid !== undefined) value['_errors'] = errors;
  Object.assign(value, ambient);
  const record: ExtractedRecord = {
    extractor: spec.name,
    value,
    ...(key !== null && { key: typeof key === 'string' ? key : JSON.stringify(key) }),
    filled,
  };
  return invalid === undefined ? { record } : { record, invalid };
}

function isFilled(value: Json): boolean {
  return value === '' || !isEmpty(value);
}

/** `_hash` is of the record's own fields alone: the same content has the same hash wherever and whenever it is read. */
function ambientFields(extractor: string, value: Record<string, Json>, page: Page): Record<string, Json> {
  return {
    _url: page.url,
    _seed: page.seed,
    _depth: page.depth,
    _fetched_at: showDatetime(fromMs(page.fetchedAt)),
    _status: page.status,
    _extractor: extractor,
    _job: page.job,
    _task: page.task,
    _hash: hashOf(JSON.stringify(value)),
  };
}
