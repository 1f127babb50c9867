/** Something that can be ended early. */
export interface Abortable {
  fail(reason: unknown): void;
}

/**
 * Ends what is under way when its signal aborts, with one listener a signal: a task's one signal serves thousands of exchanges, and
 * as many listeners on it would be slow to remove and bring Node's warning of a leak.
 */
export class AbortWatch {
  readonly #watched = new Map<AbortSignal, Set<Abortable>>();

  /** @param signal not aborted yet */
  add(signal: AbortSignal, item: Abortable): void {
    const items = this.#watched.get(signal);
    if (items) items.add(item);
    else {
      this.#watched.set(signal, new Set([item]));
      signal.addEventListener('abort', this.#onAbort);
    }
  }

  delete(signal: AbortSignal, item: Abortable): void {
    const items = this.#watched.get(signal);
    if (!items?.delete(item) || items.size > 0) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (event: Event): void => {
    const signal = event.target;
    if (!(signal instanceof AbortSignal)) return;
    const items = this.#watched.get(signal);
    this.#watched.delete(signal);
    for (const item of items ?? []) item.fail(signal.reason);
  };
}
