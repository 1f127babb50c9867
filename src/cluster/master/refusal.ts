import type { Filters } from '../../mesos/messages.generated.ts';

const REFUSE_DEFAULT_SECONDS = 5;
const REFUSE_MAX_SECONDS = 365 * 24 * 3600;

/** How long a refusal lasts: 5 s unless told; 0 is none; a wrong value is the default, a year the most. */
export function refusalMs(filters: Filters | undefined): number {
  const seconds = filters?.refuse_seconds ?? REFUSE_DEFAULT_SECONDS;
  return 1000 * (seconds >= 0 ? Math.min(seconds, REFUSE_MAX_SECONDS) : REFUSE_DEFAULT_SECONDS);
}
