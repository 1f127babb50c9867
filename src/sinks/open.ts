import { PinspiderError, unreachable } from '../lib/errors.ts';
import { openCsv } from './csv.ts';
import { allOf, pathsOf } from './extractor-files.ts';
import { openJsonl } from './jsonl.ts';
import { openStdout } from './stdout.ts';
import type { Sink, SinkContext, SinkSettings } from './types.ts';

/** @throws {PinspiderError} SINK_UNWRITABLE; CONFIG_INVALID when what is asked for cannot be */
export async function openSink(settings: SinkSettings, context: SinkContext): Promise<Sink> {
  switch (settings.type) {
    case 'jsonl':
      return openJsonl(settings.path, context);
    case 'csv':
      return openCsv(settings.path, context);
    case 'stdout':
      return openStdout(context.stdout ?? process.stdout);
    default:
      return unreachable(settings);
  }
}

/**
 * All outputs of a job as one: every record goes to each of them.
 *
 * @throws {PinspiderError} as `openSink`, and CONFIG_INVALID when two write to one place; then none stays open
 */
export async function openSinks(list: readonly SinkSettings[], context: SinkContext): Promise<Sink> {
  checkDistinct(list, context);
  const sinks: Sink[] = [];
  try {
    for (const settings of list) sinks.push(await openSink(settings, context));
  } catch (error) {
    await Promise.allSettled(sinks.map((sink) => sink.close()));
    throw error;
  }
  return {
    name: sinks.map((sink) => sink.name).join(', '),
    write: (record) => {
      for (const sink of sinks) sink.write(record);
    },
    flush: () => allOf(sinks.map((sink) => sink.flush())),
    positions: () => sinks.flatMap((sink) => sink.positions()),
    close: () => allOf(sinks.map((sink) => sink.close())),
    files: () => sinks.flatMap((sink) => sink.files()),
  };
}

function checkDistinct(list: readonly SinkSettings[], context: SinkContext): void {
  const seen = new Set<string>();
  for (const settings of list) {
    for (const place of settings.type === 'stdout' ? ['stdout'] : new Set(pathsOf(settings.path, context).values())) {
      if (seen.has(place)) {
        throw new PinspiderError({
          code: 'CONFIG_INVALID',
          where: place,
          what: 'two outputs write to the same place',
          mend: 'give each its own path',
        });
      }
      seen.add(place);
    }
  }
}
