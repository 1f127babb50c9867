import type { Sink } from '../sinks/types.ts';
import type { Store } from '../store/types.ts';

/** Where a commit stands; for tests, which end the process in between. */
export type CommitStep = 'begun' | 'cut' | 'flushed' | 'written';

export interface CommitterOptions {
  readonly store: Store;
  readonly sink: Sink;
  /** Called once, when a commit fails: nothing can be stored any more. */
  readonly failed: (error: unknown) => void;
  readonly step?: ((step: CommitStep) => void) | undefined;
}

/**
 * Group commit. All that was changed before a call of `commit` is durable when it resolves: first the records, then in one atomic
 * batch everything that says that they are there. So after a crash the outputs hold at least what the store knows of, and are
 * cut back to it. One commit runs at a time; all that asks meanwhile shares the next.
 */
export class Committer {
  readonly #options: CommitterOptions;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** @throws what the sink or the store threw, now and ever after */
  commit(): Promise<void> {
    return (this.#next ??= this.#begin());
  }

  async #begin(): Promise<void> {
    await this.#running?.catch(() => undefined); // told to those who waited for it
    this.#next = undefined;
    this.#running = this.#once();
    return this.#running;
  }

  async #once(): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    const { store, sink, failed, step } = this.#options;
    try {
      step?.('begun');
      const batch = store.cut();
      step?.('cut');
      await sink.flush();
      step?.('flushed');
      await store.write(batch);
      step?.('written');
    } catch (error) {
      this.#failure = { error };
      failed(error);
      throw error;
    }
  }
}
