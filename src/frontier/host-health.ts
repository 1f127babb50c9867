import type { Closed, Host } from './host.ts';
import type { HostFailures, Settlement } from './types.ts';

const REST_MIN_MS = 1000;
const REST_MAX_MS = 60_000;

/**
 * Takes in how a URL of the host ended. A host that fails again and again rests longer and longer.
 *
 * @returns why and as what it is closed, when it is to be given up
 */
export function noteOutcome(
  host: Host,
  settlement: Settlement,
  { backOffAfter, giveUpAfter }: HostFailures,
  now: number,
): Closed | undefined {
  if (settlement.hostFault !== true) {
    // Whatever it answered, it answered; what was never sent tells nothing.
    if (settlement.outcome !== 'returned' && settlement.outcome !== 'excluded') host.failures = 0;
    return undefined;
  }
  host.failures++;
  if (host.failures >= giveUpAfter) {
    const reason = 'reason' in settlement && settlement.reason !== undefined ? `: ${settlement.reason}` : '';
    return { state: 'failed', reason: `host given up${reason}` };
  }
  const times = host.failures - backOffAfter;
  if (times >= 0) host.notBefore = Math.max(host.notBefore, now + Math.min(REST_MAX_MS, REST_MIN_MS * 2 ** times));
  return undefined;
}
