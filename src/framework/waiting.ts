// Of what many tasks do to the frontier, those who wait hear so often at most.
const WAKE_EVERY_MS = 5;

/** Where tasks wait that asked for URLs in vain: until something changed that may bring some. */
export class Waiting {
  #wakes: (() => void)[] = [];
  #soon: NodeJS.Timeout | undefined;

  /** Resolves after `ms`, or shortly after the next `wake`. */
  async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wakes.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** URLs may have come, or the end of them. */
  wake(): void {
    if (this.#wakes.length === 0) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      const wakes = this.#wakes;
      this.#wakes = [];
      for (const wake of wakes) wake();
    }, WAKE_EVERY_MS);
  }
}
