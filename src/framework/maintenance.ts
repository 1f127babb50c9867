import type { InverseOffer, Offer, Unavailability } from '../mesos/messages.generated.ts';
import type { CoreState, Decision, Maintenance } from './core-types.ts';

/** A task that is launched so long before the window begins has ended by then, or loses little. */
const LEAD_MS = 60 * 60_000;

const NS_PER_MS = 1_000_000;

function windowOf({ start, duration }: Unavailability): Maintenance {
  const from = start.nanoseconds / NS_PER_MS;
  return { from, to: duration ? from + duration.nanoseconds / NS_PER_MS : Infinity };
}

/** Nothing is launched there: the window is open, or soon will be. */
export function isUpForMaintenance({ from, to }: Maintenance, now: number): boolean {
  return from - LEAD_MS <= now && now < to;
}

/** What offers say of their agents' maintenance: they are newer than any inverse offer, so one that says nothing ends it. */
export function maintenanceOf(known: CoreState['maintenance'], offers: readonly Offer[]): CoreState['maintenance'] {
  let next: Map<string, Maintenance> | undefined;
  for (const { agent_id: agent, unavailability } of offers) {
    if (!unavailability && !known.has(agent.value)) continue;
    next ??= new Map(known);
    if (unavailability) next.set(agent.value, { ...next.get(agent.value), ...windowOf(unavailability) });
    else next.delete(agent.value);
  }
  return next ?? known;
}

/**
 * Operators ask for their agents back. A crawler can always comply: what runs there ends, or goes back to the queue. Only an
 * inverse offer that names no agent is declined, since there is nothing that could be given.
 */
export function noteInverseOffers(
  known: CoreState['maintenance'],
  inverseOffers: readonly InverseOffer[],
): { readonly maintenance: CoreState['maintenance']; readonly decisions: readonly Decision[] } {
  const maintenance = new Map(known);
  const accepted = inverseOffers.filter(({ agent_id }) => agent_id !== undefined);
  const declined = inverseOffers.filter(({ agent_id }) => agent_id === undefined);
  for (const { id, agent_id: agent, unavailability } of accepted) {
    if (agent) maintenance.set(agent.value, { ...windowOf(unavailability), inverseOfferId: id.value });
  }
  const decisions: Decision[] = [];
  if (accepted.length > 0) {
    const accept_inverse_offers = { inverse_offer_ids: accepted.map(({ id }) => id) };
    decisions.push({ type: 'call', call: { type: 'ACCEPT_INVERSE_OFFERS', accept_inverse_offers } });
  }
  if (declined.length > 0) {
    const decline_inverse_offers = { inverse_offer_ids: declined.map(({ id }) => id) };
    decisions.push({ type: 'call', call: { type: 'DECLINE_INVERSE_OFFERS', decline_inverse_offers } });
  }
  return { maintenance, decisions };
}

/** The operator thought better of it. */
export function withoutInverseOffer(known: CoreState['maintenance'], id: string): CoreState['maintenance'] {
  return new Map([...known].filter(([, { inverseOfferId }]) => inverseOfferId !== id));
}
