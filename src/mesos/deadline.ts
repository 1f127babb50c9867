/** A time limit that may be called off and set again, until it passes once. */
export class Deadline {
  readonly #afterMs: number | undefined;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** @param afterMs undefined: never */
  constructor(afterMs: number | undefined) {
    this.#afterMs = afterMs;
  }

  /** Aborts when the limit passes. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get passed(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Counts from the first call since it was called off. */
  start(afterMs = this.#afterMs): void {
    if (afterMs === undefined || this.#timer) return;
    this.#timer = setTimeout(() => this.#controller.abort(), afterMs);
  }

  callOff(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
