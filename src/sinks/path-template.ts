export interface PathNames {
  readonly job: string;
  readonly extractor: string;
  /** ms since the epoch */
  readonly startedAt: number;
}

/**
 * Puts `{extractor}`, `{job}` and `{date}` (YYYY-MM-DD, UTC) into a path; other braces stay. A value never adds a directory or
 * climbs out of one: see `safeName`.
 */
export function fillPath(template: string, { job, extractor, startedAt }: PathNames): string {
  const values = new Map([
    ['job', safeName(job)],
    ['extractor', safeName(extractor)],
    ['date', new Date(startedAt).toISOString().slice(0, 10)],
  ]);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

/**
 * The text as a file name: what file systems or shells could take amiss becomes %XX, as in URLs, so that different texts give
 * different names. Letters and digits of all scripts, `-`, `_` and inner dots stay.
 */
function safeName(text: string): string {
  return text.replace(/^\.|[^\p{L}\p{N}._-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
