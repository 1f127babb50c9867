import { ExtractorFiles } from './extractor-files.ts';
import type { Sink, SinkContext } from './types.ts';

const LINE_FEED = Buffer.from('\n');

/**
 * One record a line, as the executor made it: bytes in, bytes out. A last line of an unfinished run that lacks its end gets one
 * first, so that it spoils no other.
 *
 * @throws {PinspiderError} SINK_UNWRITABLE
 */
export async function openJsonl(path: string, context: SinkContext): Promise<Sink> {
  const files = await ExtractorFiles.open(path, context);
  if (context.append) {
    for (const file of files.all()) {
      const last = await file.lastByte();
      if (last !== undefined && last !== LINE_FEED[0]) file.append(LINE_FEED);
    }
  }
  return {
    name: `jsonl ${path}`,
    write: ({ extractor, json }) => files.of(extractor).append(json, LINE_FEED),
    flush: () => files.flush(),
    close: () => files.close(),
    files: () => files.paths(),
  };
}
