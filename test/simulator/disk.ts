import type { Sink, SinkRecord } from '../../src/sinks/types.ts';
import type { Timeline } from './timeline.ts';

/** A disk that takes its time: the world's end of a sink. */
export class Disk implements Sink {
  readonly name = 'disk';
  readonly #timeline: Timeline;
  readonly #latency: () => number;
  readonly #flushed: () => void;
  readonly #stored: string[] = [];
  readonly #known = new Set<string>();
  #buffer: string[] = [];

  /** @param flushed called when promises have been kept, so that those who wait for them go on */
  constructor(timeline: Timeline, latency: () => number, flushed: () => void) {
    this.#timeline = timeline;
    this.#latency = latency;
    this.#flushed = flushed;
  }

  get records(): readonly string[] {
    return this.#stored;
  }

  stored(record: string): boolean {
    return this.#known.has(record);
  }

  write({ json }: SinkRecord): void {
    this.#buffer.push(Buffer.from(json).toString());
  }

  flush(): Promise<void> {
    return new Promise((resolve) => {
      this.#timeline.after(this.#latency(), () => {
        this.#store();
        resolve();
        this.#flushed();
      });
    });
  }

  #store(): void {
    for (const record of this.#buffer) this.#known.add(record);
    this.#stored.push(...this.#buffer);
    this.#buffer = [];
  }

  positions(): readonly [] {
    return [];
  }

  close(): Promise<void> {
    this.#store();
    return Promise.resolve();
  }

  files(): readonly string[] {
    return [];
  }
}
