import type { TaskStatus } from '../../mesos/messages.generated.ts';
import type { Cancel, Clock } from '../clock.ts';
import { isTerminal } from '../task-states.ts';
import { sameBytes } from '../uuid.ts';

const RESEND_FIRST_MS = 10_000;
const RESEND_MAX_MS = 600_000;

/** The updates of a task that are not acknowledged, and the uuids of all that there were. */
export interface KeptUpdates {
  readonly pending: readonly TaskStatus[];
  readonly seen: readonly string[];
}

/**
 * The updates of one task on their way to its scheduler: in order, one in flight, sent again after 10 s, 20 s, … 10 min
 * until it is acknowledged.
 *
 * @see src/slave/task_status_update_manager.cpp of Mesos
 */
export class UpdateStream {
  readonly #clock: Clock;
  readonly #send: (status: TaskStatus) => void;
  readonly #pending: TaskStatus[] = [];
  readonly #seen: Set<string>;
  #lastAcknowledged: TaskStatus | undefined;
  #lastSent: TaskStatus | undefined;
  #stopTimer: Cancel = () => undefined;

  /** @param kept of an earlier life; it is sent with {@link resume} */
  constructor(clock: Clock, send: (status: TaskStatus) => void, kept: KeptUpdates = { pending: [], seen: [] }) {
    this.#clock = clock;
    this.#send = send;
    this.#pending.push(...kept.pending);
    this.#seen = new Set(kept.seen);
  }

  /** What another stream needs to go on with. */
  get kept(): KeptUpdates {
    return { pending: [...this.#pending], seen: [...this.#seen] };
  }

  /** Whether the terminal update was acknowledged: the stream is of no more use. */
  get isDone(): boolean {
    return this.#lastAcknowledged !== undefined && isTerminal(this.#lastAcknowledged.state);
  }

  /** The update that was sent last. */
  get lastSent(): TaskStatus | undefined {
    return this.#lastSent;
  }

  /** Takes an update with a uuid of its own; one that it has already is passed over. */
  add(status: TaskStatus): void {
    const key = keyOf(status.uuid);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#pending.push(status);
    if (this.#pending.length === 1) this.#sendFirst(RESEND_FIRST_MS);
  }

  /** The scheduler has the update in flight; any other uuid is passed over. */
  acknowledge(uuid: Uint8Array): void {
    const [first] = this.#pending;
    if (!first?.uuid || !sameBytes(first.uuid, uuid)) return;
    this.#pending.shift();
    this.#lastAcknowledged = first;
    this.stop();
    this.resume();
  }

  /** Sends what is in flight again at once: master, agent or scheduler came back. */
  resume(): void {
    this.stop();
    if (this.#pending.length > 0) this.#sendFirst(RESEND_FIRST_MS);
  }

  /** Sends nothing more until {@link resume}. */
  stop(): void {
    this.#stopTimer();
  }

  #sendFirst(againMs: number): void {
    const [first] = this.#pending;
    if (!first) return;
    this.#lastSent = first;
    this.#stopTimer = this.#clock.after(againMs, () => this.#sendFirst(Math.min(againMs * 2, RESEND_MAX_MS)));
    this.#send(first);
  }
}

function keyOf(uuid: Uint8Array = new Uint8Array()): string {
  return Buffer.from(uuid).toString('hex');
}
