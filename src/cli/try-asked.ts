import type { NamedField } from '../extract/spec.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { PinspiderError } from '../lib/errors.ts';
import { didYouMean } from '../lib/suggest.ts';

/** What of a page is asked for. */
export interface Asked {
  readonly extractor?: string | undefined;
  /** `title`, or `thumbs.src` of a nested one. */
  readonly field?: string | undefined;
  readonly url?: string | undefined;
}

/** @throws {PinspiderError} USAGE for what the job does not have */
export function checkAsked({ extractors }: ResolvedJob, { extractor, field, url }: Asked): void {
  const names = extractors.map(({ name }) => name);
  if (extractor !== undefined && !names.includes(extractor)) throw unknown('extractor', extractor, names);
  const own = extractors.filter(({ name }) => extractor === undefined || name === extractor);
  const fields = own.flatMap(({ fields: written }) => pathsOf(written));
  if (field !== undefined && !fields.includes(field)) throw unknown('field', field, fields);
  if (url !== undefined && !/^https?:\/\/./i.test(url)) {
    throw new PinspiderError({
      code: 'USAGE',
      what: `--url ${url} is no whole URL`,
      mend: 'e.g. https://example.org/',
    });
  }
}

function unknown(kind: string, name: string, known: readonly string[]): PinspiderError {
  const mend = didYouMean(name, known) ?? `there is ${[...new Set(known)].join(', ')}`;
  return new PinspiderError({ code: 'USAGE', what: `there is no ${kind} "${name}"`, mend });
}

function pathsOf(fields: readonly NamedField[]): string[] {
  return fields.flatMap(({ name, field: { source } }) => {
    const nested = source.kind === 'each' || source.kind === 'object' ? pathsOf(source.fields) : [];
    return [name, ...nested.map((path) => `${name}.${path}`)];
  });
}
