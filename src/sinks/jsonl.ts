import { ExtractorFiles } from './extractor-files.ts';
import type { Sink, SinkContext } from './types.ts';

const LINE_FEED = Buffer.from('\n');

/**
 * One record a line, as the executor made it: bytes in, bytes out.
 *
 * @throws {PinspiderError} SINK_UNWRITABLE
 */
export async function openJsonl(path: string, context: SinkContext): Promise<Sink> {
  const files = await ExtractorFiles.open(path, context);
  return {
    name: `jsonl ${path}`,
    write: ({ extractor, json }) => files.of(extractor).append(json, LINE_FEED),
    flush: () => files.flush(),
    positions: () => files.positions(),
    close: () => files.close(),
    files: () => files.paths(),
  };
}
