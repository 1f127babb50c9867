/** Stable identifiers: code and documents branch on these, never on message text. Each is explained in docs/errors.md. */
export type ErrorCode =
  | 'CLUSTER_ADDRESS_IN_USE'
  | 'CLUSTER_TOO_SMALL'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNREADABLE'
  | 'EXECUTOR_ENVIRONMENT'
  | 'FEED_MESSAGE'
  | 'FEED_UNREACHABLE'
  | 'MESOS_CALL_REFUSED'
  | 'MESOS_FRAME'
  | 'MESOS_MESSAGE'
  | 'MESOS_QUEUE_FULL'
  | 'MESOS_SUBSCRIPTION_ENDED'
  | 'MESOS_UNREACHABLE'
  | 'RUN_LOCKED'
  | 'SINK_CHANGED'
  | 'SINK_UNWRITABLE'
  | 'STATE_DAMAGED'
  | 'STATE_LOCKED'
  | 'STATE_NONE'
  | 'STATE_OTHER_JOB'
  | 'STATE_UNWRITABLE'
  | 'STATE_VERSION'
  | 'USAGE';

export interface Fault {
  readonly code: ErrorCode;
  /** What went wrong, in the user's terms. */
  readonly what: string;
  /** Where: `jobs/a.yaml:4:12`, a URL, `agent S3`. */
  readonly where?: string | undefined;
  /** What the reader can do about it. */
  readonly mend?: string | undefined;
  readonly cause?: unknown;
}

/** The one base class of errors that pinspider raises on purpose. Its message reads `where: what; mend`. */
export class PinspiderError extends Error {
  override readonly name = 'PinspiderError';
  readonly code: ErrorCode;

  constructor({ code, what, where, mend, cause }: Fault) {
    super(`${where ? `${where}: ` : ''}${what}${mend ? `; ${mend}` : ''}`, { cause });
    this.code = code;
  }
}

/** Compile-time proof that a switch names every case. */
export function unreachable(value: never): never {
  throw new Error(`bug: unhandled ${JSON.stringify(value)}`);
}

/** The text of anything thrown, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
