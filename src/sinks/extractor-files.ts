import { FileAppender } from './file-appender.ts';
import { fillPath } from './path-template.ts';
import type { SinkContext, SinkPosition } from './types.ts';

/** Where each extractor of the job writes; several have the same path when it does not name the extractor. */
export function pathsOf(template: string, { job, startedAt, extractors }: SinkContext): Map<string, string> {
  return new Map(extractors.map(({ name }) => [name, fillPath(template, { job, startedAt, extractor: name })]));
}

/** The open files of one output, by extractor. */
export class ExtractorFiles {
  readonly #byExtractor: ReadonlyMap<string, FileAppender>;
  readonly #files: readonly FileAppender[];

  /** @throws {PinspiderError} SINK_UNWRITABLE; then none stays open */
  static async open(template: string, context: SinkContext): Promise<ExtractorFiles> {
    const paths = pathsOf(template, context);
    const files = new Map<string, FileAppender>();
    try {
      for (const path of new Set(paths.values())) {
        const position = context.resume?.find((one) => one.path === path);
        files.set(path, await FileAppender.open(path, { position, forced: context.forced }));
      }
    } catch (error) {
      await Promise.allSettled([...files.values()].map((file) => file.close()));
      throw error;
    }
    return new ExtractorFiles(paths, files);
  }

  private constructor(paths: ReadonlyMap<string, string>, files: ReadonlyMap<string, FileAppender>) {
    this.#files = [...files.values()];
    const byExtractor = new Map<string, FileAppender>();
    for (const [extractor, path] of paths) {
      const file = files.get(path);
      if (file !== undefined) byExtractor.set(extractor, file);
    }
    this.#byExtractor = byExtractor;
  }

  of(extractor: string): FileAppender {
    const file = this.#byExtractor.get(extractor);
    if (file === undefined) throw new Error(`bug: record of an unknown extractor ${extractor}`);
    return file;
  }

  positions(): SinkPosition[] {
    return this.#files.map((file) => file.position);
  }

  paths(): string[] {
    return this.#files.map((file) => file.path);
  }

  flush(): Promise<void> {
    return allOf(this.#files.map((file) => file.flush()));
  }

  close(): Promise<void> {
    return allOf(this.#files.map((file) => file.close()));
  }
}

/** Waits for all, then rejects with the first failure in order, if any. */
export async function allOf(steps: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(steps)) if (result.status === 'rejected') throw result.reason;
}
