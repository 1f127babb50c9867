import type { Filters, InverseOffer as InverseOfferMessage, Unavailability } from '../../mesos/messages.generated.ts';
import {
  type InverseAnswer,
  type InverseOffer,
  type MaintenanceWindow,
  unavailabilityOf,
} from './maintenance-state.ts';
import { rescindOffer } from './offers.ts';
import { refusalMs } from './refusal.ts';
import { type Agent, type Framework, type MasterState, sendTo, tasksOn } from './state.ts';

/**
 * A new schedule, in place of the one there was. Frameworks get the offers of the machines concerned anew, with the window
 * in them, and are asked by inverse offers to leave.
 *
 * @see docs/maintenance.md and Master::updateUnavailability of Mesos
 */
export function scheduleMaintenance(master: MasterState, windows: readonly MaintenanceWindow[]): void {
  const { maintenance } = master;
  const before = new Map([...master.agents.values()].map((agent) => [agent.id, windowOf(master, agent)]));
  maintenance.windows = windows;
  for (const agent of master.agents.values()) {
    if (isSame(before.get(agent.id), windowOf(master, agent))) continue;
    for (const offer of [...master.offers.values()]) if (offer.agentId === agent.id) rescindOffer(master, offer);
    rescindInverseOffers(master, agent.id);
    maintenance.answers.delete(agent.id);
  }
  master.requestOffers('now');
}

/**
 * Asks each framework that has something on a machine up for maintenance to give it back: again after it answered and the
 * time of its filter is over, never while it has not answered.
 */
export function makeInverseOffers(master: MasterState): void {
  const { maintenance, clock } = master;
  if (maintenance.windows.length === 0) return;
  const events = new Map<Framework, InverseOfferMessage[]>();
  for (const agent of master.agents.values()) {
    const unavailability = windowOf(master, agent);
    if (!unavailability) continue;
    for (const framework of master.frameworks.values()) {
      if (!framework.stream || !holdsSomething(master, framework, agent)) continue;
      if ((maintenance.answers.get(agent.id)?.get(framework.id)?.until ?? 0) > clock.now()) continue;
      if (outstanding(master, framework.id).some(({ agentId }) => agentId === agent.id)) continue;
      const id = `${master.info.id}-O${master.nextOffer++}`;
      maintenance.inverseOffers.set(id, { id, frameworkId: framework.id, agentId: agent.id });
      const message: InverseOfferMessage = {
        id: { value: id },
        framework_id: { value: framework.id },
        agent_id: { value: agent.id },
        unavailability,
      };
      events.set(framework, [...(events.get(framework) ?? []), message]);
    }
  }
  for (const [framework, inverse_offers] of events) {
    sendTo(framework, { type: 'INVERSE_OFFERS', inverse_offers: { inverse_offers } });
  }
}

/** ACCEPT_INVERSE_OFFERS and DECLINE_INVERSE_OFFERS: advice to the operator, no more. Unknown ids are passed over in silence. */
export function answerInverseOffers(
  master: MasterState,
  framework: Framework,
  ids: readonly string[],
  accepted: boolean,
  filters: Filters | undefined,
): void {
  const { maintenance, clock } = master;
  for (const id of ids) {
    const offer = maintenance.inverseOffers.get(id);
    if (offer?.frameworkId !== framework.id) continue;
    maintenance.inverseOffers.delete(id);
    const answers = maintenance.answers.get(offer.agentId) ?? new Map<string, InverseAnswer>();
    const at = clock.now();
    const until = at + Math.max(refusalMs(filters), master.refusalMinMs);
    maintenance.answers.set(offer.agentId, answers.set(framework.id, { accepted, at, until }));
  }
  master.requestOffers('cycle');
}

/** When (epoch ms) a framework that answered may be asked again; undefined when nobody has anything to be asked for. */
export function nextInverseOffer(master: MasterState): number | undefined {
  let next: number | undefined;
  for (const [agentId, answers] of master.maintenance.answers) {
    const agent = master.agents.get(agentId);
    for (const [frameworkId, { until }] of answers) {
      const framework = master.frameworks.get(frameworkId);
      if (!agent || !framework?.stream || !holdsSomething(master, framework, agent)) continue;
      if (outstanding(master, frameworkId).every((offer) => offer.agentId !== agentId)) {
        next = Math.min(next ?? until, until);
      }
    }
  }
  return next;
}

/** The framework is gone, or its stream is: what it was asked is void. */
export function dropInverseOffers(master: MasterState, frameworkId: string): void {
  for (const { id } of outstanding(master, frameworkId)) master.maintenance.inverseOffers.delete(id);
}

/** The framework is no more: nobody asks what it said. */
export function forgetAnswers(master: MasterState, frameworkId: string): void {
  for (const answers of master.maintenance.answers.values()) answers.delete(frameworkId);
}

/** The agent is gone, or will stay after all. */
export function rescindInverseOffers(master: MasterState, agentId: string): void {
  const { inverseOffers } = master.maintenance;
  for (const offer of [...inverseOffers.values()]) {
    if (offer.agentId !== agentId) continue;
    inverseOffers.delete(offer.id);
    sendTo(master.frameworks.get(offer.frameworkId), {
      type: 'RESCIND_INVERSE_OFFER',
      rescind_inverse_offer: { inverse_offer_id: { value: offer.id } },
    });
  }
}

function outstanding({ maintenance }: MasterState, frameworkId: string): InverseOffer[] {
  return [...maintenance.inverseOffers.values()].filter((offer) => offer.frameworkId === frameworkId);
}

/** Offers count: the allocator has given them away. */
function holdsSomething(master: MasterState, framework: Framework, agent: Agent): boolean {
  return (
    tasksOn(framework, agent.id).length > 0 ||
    (agent.executors.get(framework.id)?.size ?? 0) > 0 ||
    [...master.offers.values()].some((offer) => offer.frameworkId === framework.id && offer.agentId === agent.id)
  );
}

function windowOf({ maintenance, info }: MasterState, agent: Agent): Unavailability | undefined {
  return unavailabilityOf(maintenance, agent.info.hostname, info.address?.ip);
}

function isSame(a: Unavailability | undefined, b: Unavailability | undefined): boolean {
  return a?.start.nanoseconds === b?.start.nanoseconds && a?.duration?.nanoseconds === b?.duration?.nanoseconds;
}
