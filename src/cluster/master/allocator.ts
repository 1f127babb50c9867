import { contains, minus, NO_RESOURCES, plus, type Resources, scalarMilli } from '../resources.ts';

/** What one allocation gives: everything free on an agent goes to one role of one framework, as in Mesos. */
export interface Allocation {
  readonly frameworkId: string;
  readonly role: string;
  readonly agentId: string;
  /** Not yet marked with the role. */
  readonly resources: Resources;
}

interface Refusal {
  readonly resources: Resources;
  readonly until: number;
}

interface Client {
  readonly frameworkId: string;
  readonly role: string;
  suppressed: boolean;
  allocated: Resources;
  /** By agent. */
  readonly refusals: Map<string, Refusal[]>;
}

interface Agent {
  readonly total: Resources;
  allocated: Resources;
  active: boolean;
}

// Mesos's --min_allocatable_resources, `cpus:0.01|mem:32`: less than both is not worth an offer.
const CPUS_MIN_MILLI = 10;
const MEM_MIN_MILLI = 32_000;

/**
 * Shares the agents' free resources out among the roles of frameworks, the one with the smallest dominant share first.
 *
 * Holds no clock and sends nothing. Invariant: what is allocated on an agent never exceeds its total.
 */
export class Allocator {
  readonly #agents = new Map<string, Agent>();
  readonly #clients = new Map<string, Client>();
  readonly #inactive = new Set<string>();
  #total: Resources = NO_RESOURCES;

  addAgent(agentId: string, total: Resources): void {
    this.#agents.set(agentId, { total, allocated: NO_RESOURCES, active: true });
    this.#total = plus(this.#total, total);
  }

  removeAgent(agentId: string): void {
    const agent = this.#agents.get(agentId);
    if (!agent) return;
    this.#agents.delete(agentId);
    this.#total = minus(this.#total, agent.total);
    for (const client of this.#clients.values()) client.refusals.delete(agentId);
  }

  /** An inactive agent keeps its allocations and is not offered. */
  setAgentActive(agentId: string, active: boolean): void {
    const agent = this.#agents.get(agentId);
    if (agent) agent.active = active;
  }

  /** Adds the framework, or replaces its roles and which of them are suppressed. Allocations and refusals of kept roles stay. */
  setRoles(frameworkId: string, roles: readonly string[], suppressed: readonly string[]): void {
    for (const client of this.#of(frameworkId)) {
      if (!roles.includes(client.role)) this.#clients.delete(keyOf(frameworkId, client.role));
    }
    for (const role of roles) {
      const key = keyOf(frameworkId, role);
      const client = this.#clients.get(key);
      if (client) client.suppressed = suppressed.includes(role);
      else {
        this.#clients.set(key, {
          frameworkId,
          role,
          suppressed: suppressed.includes(role),
          allocated: NO_RESOURCES,
          refusals: new Map(),
        });
      }
    }
  }

  /** A framework without a stream gets no offers, and forgets what it refused. */
  setFrameworkActive(frameworkId: string, active: boolean): void {
    if (active) this.#inactive.delete(frameworkId);
    else {
      this.#inactive.add(frameworkId);
      for (const client of this.#of(frameworkId)) client.refusals.clear();
    }
  }

  removeFramework(frameworkId: string): void {
    this.#inactive.delete(frameworkId);
    for (const client of this.#of(frameworkId)) this.#clients.delete(keyOf(frameworkId, client.role));
  }

  suppress(frameworkId: string, roles: readonly string[]): void {
    for (const client of this.#of(frameworkId)) if (roles.includes(client.role)) client.suppressed = true;
  }

  revive(frameworkId: string, roles: readonly string[]): void {
    for (const client of this.#of(frameworkId)) {
      if (!roles.includes(client.role)) continue;
      client.suppressed = false;
      client.refusals.clear();
    }
  }

  /** Notes that `resources` of the agent are in use: tasks and executors that came with a registering agent. */
  take(frameworkId: string, role: string, agentId: string, resources: Resources): void {
    const agent = this.#agents.get(agentId);
    if (!agent) return;
    agent.allocated = plus(agent.allocated, resources);
    const client = this.#clients.get(keyOf(frameworkId, role));
    if (client) client.allocated = plus(client.allocated, resources);
  }

  /** Gives resources back. */
  recover(frameworkId: string, role: string, agentId: string, resources: Resources): void {
    const agent = this.#agents.get(agentId);
    if (agent) agent.allocated = minus(agent.allocated, resources);
    const client = this.#clients.get(keyOf(frameworkId, role));
    if (client) client.allocated = minus(client.allocated, resources);
  }

  /** Hides the agent from the role until then, as long as no more than `resources` would be offered. */
  refuse(frameworkId: string, role: string, agentId: string, resources: Resources, until: number): void {
    const client = this.#clients.get(keyOf(frameworkId, role));
    if (!client || resources.size === 0) return;
    const refusals = client.refusals.get(agentId);
    if (refusals) refusals.push({ resources, until });
    else client.refusals.set(agentId, [{ resources, until }]);
  }

  /**
   * Gives out all that may be given at `now`; the result is allocated until it is recovered.
   *
   * @param admits a further condition, such as the framework's offer constraints
   */
  allocate(
    now: number,
    admits: (frameworkId: string, role: string, agentId: string) => boolean = () => true,
  ): Allocation[] {
    const given: Allocation[] = [];
    this.#forgetRefusals(now);
    for (const [agentId, agent] of this.#agents) {
      if (!agent.active) continue;
      const resources = minus(agent.total, agent.allocated);
      if (!isWorthOffering(resources)) continue;
      const client = this.#byShare().find(
        (c) => this.#mayHave(c, agentId, resources) && admits(c.frameworkId, c.role, agentId),
      );
      if (!client) continue;
      this.take(client.frameworkId, client.role, agentId, resources);
      given.push({ frameworkId: client.frameworkId, role: client.role, agentId, resources });
    }
    return given;
  }

  /** When the next refusal ends (epoch ms), if any is held. */
  nextExpiry(): number | undefined {
    let next: number | undefined;
    for (const client of this.#clients.values()) {
      for (const { until } of [...client.refusals.values()].flat()) next = Math.min(next ?? until, until);
    }
    return next;
  }

  /** Total and allocated resources of an agent. */
  usage(agentId: string): { readonly total: Resources; readonly allocated: Resources } | undefined {
    return this.#agents.get(agentId);
  }

  #mayHave(client: Client, agentId: string, resources: Resources): boolean {
    if (client.suppressed || this.#inactive.has(client.frameworkId)) return false;
    return !client.refusals.get(agentId)?.some((refusal) => contains(refusal.resources, resources));
  }

  #byShare(): Client[] {
    const roleShare = new Map<string, number>();
    for (const client of this.#clients.values()) {
      roleShare.set(client.role, (roleShare.get(client.role) ?? 0) + this.#share(client));
    }
    const share = (client: Client): number => roleShare.get(client.role) ?? 0;
    return [...this.#clients.values()].sort((a, b) => share(a) - share(b) || this.#share(a) - this.#share(b));
  }

  #share({ allocated }: Client): number {
    const shares = ['cpus', 'mem', 'disk'].map((name) => {
      const total = scalarMilli(this.#total, name);
      return total === 0 ? 0 : scalarMilli(allocated, name) / total;
    });
    return Math.max(...shares);
  }

  #forgetRefusals(now: number): void {
    for (const client of this.#clients.values()) {
      for (const [agentId, refusals] of client.refusals) {
        const kept = refusals.filter((refusal) => refusal.until > now);
        if (kept.length > 0) client.refusals.set(agentId, kept);
        else client.refusals.delete(agentId);
      }
    }
  }

  #of(frameworkId: string): Client[] {
    return [...this.#clients.values()].filter((client) => client.frameworkId === frameworkId);
  }
}

function isWorthOffering(resources: Resources): boolean {
  return scalarMilli(resources, 'cpus') >= CPUS_MIN_MILLI || scalarMilli(resources, 'mem') >= MEM_MIN_MILLI;
}

// A framework id holds no "/"; a role may.
function keyOf(frameworkId: string, role: string): string {
  return `${frameworkId}/${role}`;
}
