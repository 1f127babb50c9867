import type { Filters, Offer as OfferMessage, Resource } from '../../mesos/messages.generated.ts';
import { allocatedTo, listOf, type Resources } from '../resources.ts';
import { admits } from './constraints.ts';
import { unavailabilityOf } from './maintenance-state.ts';
import { refusalMs } from './refusal.ts';
import { type Framework, hasCapability, type MasterState, type Offer, sendTo } from './state.ts';

/** Gives out what is free: one OFFERS event a framework, one offer an agent and role. */
export function makeOffers(master: MasterState): void {
  const events = new Map<Framework, OfferMessage[]>();
  const admitted = (frameworkId: string, role: string, agentId: string): boolean => {
    const framework = master.frameworks.get(frameworkId);
    const agent = master.agents.get(agentId);
    return !!framework && !!agent && admits(framework.constraints, role, agent);
  };
  for (const allocation of master.allocator.allocate(master.clock.now(), admitted)) {
    const framework = master.frameworks.get(allocation.frameworkId);
    if (!framework) continue; // the allocator knows no others
    const offer: Offer = { id: `${master.info.id}-O${master.nextOffer++}`, ...allocation };
    master.offers.set(offer.id, offer);
    const offers = events.get(framework) ?? [];
    events.set(framework, [...offers, messageOf(master, framework, offer)]);
  }
  for (const [framework, offers] of events) sendTo(framework, { type: 'OFFERS', offers: { offers } });
}

/** Takes an offer back; its resources are free again. */
export function removeOffer(master: MasterState, offer: Offer): void {
  master.offers.delete(offer.id);
  master.allocator.recover(offer.frameworkId, offer.role, offer.agentId, offer.resources);
}

/** Takes an offer back and tells the framework. */
export function rescindOffer(master: MasterState, offer: Offer): void {
  removeOffer(master, offer);
  sendTo(master.frameworks.get(offer.frameworkId), { type: 'RESCIND', rescind: { offer_id: { value: offer.id } } });
}

export function offersOf(master: MasterState, frameworkId: string): Offer[] {
  return [...master.offers.values()].filter((offer) => offer.frameworkId === frameworkId);
}

/** Frees declined resources and hides them from the role for as long as the filters say. */
export function refuse(
  master: MasterState,
  offer: Pick<Offer, 'frameworkId' | 'role' | 'agentId'>,
  resources: Resources,
  filters: Filters | undefined,
): void {
  master.allocator.recover(offer.frameworkId, offer.role, offer.agentId, resources);
  const asked = refusalMs(filters);
  const ms = asked === 0 ? master.refusalOfZeroMs : Math.max(asked, master.refusalMinMs);
  if (ms > 0) master.allocator.refuse(offer.frameworkId, offer.role, offer.agentId, resources, master.clock.now() + ms);
  master.requestOffers('cycle');
}

/** DECLINE: ids that are no offers of this framework are passed over in silence, as in Mesos. */
export function decline(
  master: MasterState,
  framework: Framework,
  offerIds: readonly string[],
  filters: Filters | undefined,
): void {
  for (const id of offerIds) {
    const offer = master.offers.get(id);
    if (offer?.frameworkId !== framework.id) continue;
    master.offers.delete(id);
    refuse(master, offer, offer.resources, filters);
  }
}

function messageOf(master: MasterState, framework: Framework, offer: Offer): OfferMessage {
  const agent = master.agents.get(offer.agentId);
  if (!agent) throw new Error('bug: an offer of an agent that is not there');
  const multiRole = hasCapability(framework.info, 'MULTI_ROLE');
  const executors = [...(agent.executors.get(framework.id)?.keys() ?? [])];
  const hostname = agent.info.hostname;
  const unavailability = unavailabilityOf(master.maintenance, hostname, master.info.address?.ip);
  return {
    id: { value: offer.id },
    framework_id: { value: framework.id },
    agent_id: { value: agent.id },
    hostname,
    url: {
      scheme: 'http',
      address: { hostname, ip: master.info.address?.ip ?? '127.0.0.1', port: agent.port },
      path: '/slave(1)',
    },
    resources: offeredForm(framework, allocatedTo(offer.resources, multiRole ? offer.role : undefined)),
    ...(agent.attributes.length > 0 && { attributes: agent.attributes }),
    ...(unavailability && { unavailability }),
    ...(executors.length > 0 && { executor_ids: executors.map((value) => ({ value })) }),
    ...(multiRole && { allocation_info: { role: offer.role } }),
  };
}

/** Frameworks that do not know refined reservations see the old form, where unreserved means role "*". */
function offeredForm(framework: Framework, resources: Resources): Resource[] {
  const list = listOf(resources);
  return hasCapability(framework.info, 'RESERVATION_REFINEMENT') ? list : list.map((r) => ({ ...r, role: '*' }));
}
