// Of what many tasks do to the frontier, those who wait hear so often at most.
const WAKE_EVERY_MS = 5;

/** Where tasks wait that asked for URLs in vain: until something changed that may bring some. */
export class Waiting {
  readonly #wakes = new Set<() => void>();
  #soon: NodeJS.Timeout | undefined;

  /** Resolves after `ms`, or shortly after the next `wake`. */
  async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wakes.add(wake);
    });
  }

  /** URLs may have come, or the end of them. */
  wake(): void {
    if (this.#wakes.size === 0) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      for (const wake of [...this.#wakes]) wake();
    }, WAKE_EVERY_MS);
  }
}
