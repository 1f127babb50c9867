import { PinspiderError } from '../lib/errors.ts';
import { type CellValue, csvRow } from './csv-cell.ts';
import { ExtractorFiles, pathsOf } from './extractor-files.ts';
import type { FileAppender } from './file-appender.ts';
import type { Sink, SinkContext, SinkExtractor } from './types.ts';

/** In the order in which records carry them. */
const AMBIENT = ['_url', '_seed', '_depth', '_fetched_at', '_status', '_extractor', '_job', '_task', '_hash'];

/**
 * RFC 4180: UTF-8, CRLF, a header line; a column for each declared field, so that the columns do not depend on what is found.
 *
 * @throws {PinspiderError} SINK_UNWRITABLE; CONFIG_INVALID when extractors of different columns share a file
 */
export async function openCsv(path: string, context: SinkContext): Promise<Sink> {
  const columns = new Map(context.extractors.map((extractor) => [extractor.name, columnsOf(extractor)]));
  checkShared(path, context, columns);
  const files = await ExtractorFiles.open(path, context);
  try {
    const begun = new Set<FileAppender>();
    for (const [extractor, names] of columns) {
      const file = files.of(extractor);
      if (!begun.has(file)) await begin(file, csvRow(names));
      begun.add(file);
    }
    await files.flush();
  } catch (error) {
    await files.close().catch(() => undefined); // the first failure is the one to tell
    throw error;
  }
  return {
    name: `csv ${path}`,
    write: ({ extractor, json }) => {
      const record = parse(json);
      const row = csvRow((columns.get(extractor) ?? []).map((name) => record[name]));
      files.of(extractor).append(Buffer.from(row));
    },
    flush: () => files.flush(),
    positions: () => files.positions(),
    close: () => files.close(),
    files: () => files.paths(),
  };
}

function columnsOf({ fields, meta, keepsInvalid, changeMembers = [] }: SinkExtractor): string[] {
  return [...fields, ...(keepsInvalid === true ? ['_errors'] : []), ...(meta ? AMBIENT : []), ...changeMembers];
}

function checkShared(template: string, context: SinkContext, columns: ReadonlyMap<string, readonly string[]>): void {
  const first = new Map<string, string>();
  for (const [extractor, path] of pathsOf(template, context)) {
    const other = first.get(path);
    if (other === undefined) first.set(path, extractor);
    else if (JSON.stringify(columns.get(other)) !== JSON.stringify(columns.get(extractor))) {
      throw new PinspiderError({
        code: 'CONFIG_INVALID',
        where: path,
        what: `extractors ${other} and ${extractor} have different fields and cannot share a csv file`,
        mend: 'put {extractor} into its path, or write jsonl',
      });
    }
  }
}

/** Writes the header, or finds it in the file of an unfinished run. */
async function begin(file: FileAppender, header: string): Promise<void> {
  const bytes = Buffer.from(header);
  if (file.isNew) {
    file.append(bytes);
    return;
  }
  if (!bytes.equals(await file.head(bytes.length))) {
    throw new PinspiderError({
      code: 'SINK_UNWRITABLE',
      where: file.path,
      what: 'the file has other columns than the job',
      mend: 'move it away, or start anew with --fresh',
    });
  }
}

function parse(json: Uint8Array): Readonly<Record<string, CellValue>> {
  const value: unknown = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString());
  if (typeof value !== 'object' || value === null) throw new Error('bug: a record is no object');
  return value as Readonly<Record<string, CellValue>>; // JSON.parse gives nothing else
}
