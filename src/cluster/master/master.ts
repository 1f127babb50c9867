import type {
  MasterInfo,
  SchedulerCall,
  SchedulerCallSubscribe,
  SchedulerEvent,
} from '../../mesos/messages.generated.ts';
import type { Clock } from '../clock.ts';
import type { AgentLink, EventSink, MasterLink, Registration } from '../links.ts';
import { accept } from './accept.ts';
import { disconnectAgent, loseAgent } from './agent-loss.ts';
import { executorExited, registerAgent } from './agents.ts';
import { Allocator } from './allocator.ts';
import { disconnect, removeFramework, subscribe, updateFramework } from './frameworks.ts';
import { answerInverseOffers, makeInverseOffers, nextInverseOffer } from './maintenance.ts';
import { noMaintenance } from './maintenance-state.ts';
import { decline, makeOffers } from './offers.ts';
import { OfferSchedule } from './offer-schedule.ts';
import { reconcile } from './reconcile.ts';
import { type Framework, type MasterState, rolesOf, sendTo } from './state.ts';
import { acknowledge, kill, statusUpdate } from './tasks.ts';

export interface MasterOptions {
  readonly info: MasterInfo;
  /** 0: offers are made at once when resources become free. */
  readonly allocationIntervalMs: number;
  /** How long a disconnected agent is waited for. */
  readonly agentTimeoutMs: number;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Agents that ran under an earlier master and will register again. */
  readonly awaitedAgents?: readonly string[];
}

// Mesos's --agent_reregister_timeout
const AGENT_REREGISTER_TIMEOUT_MS = 600_000;

// With offers made at once, a framework that declines for 0 s would be asked without end: a real master's cycle of 1 s paces it.
const REFUSAL_MIN_MS = 1000;

/** The master's decisions, without sockets: calls and agents' messages in, events and messages to agents out. */
export class Master implements MasterLink {
  readonly #state: MasterState;
  readonly #schedule: OfferSchedule;
  #isStopped = false;

  constructor({ info, allocationIntervalMs, agentTimeoutMs, clock, log, awaitedAgents = [] }: MasterOptions) {
    const allocator = new Allocator();
    this.#schedule = new OfferSchedule(clock, allocationIntervalMs, () => {
      makeOffers(this.#state);
      makeInverseOffers(this.#state);
      return sooner(allocator.nextExpiry(), nextInverseOffer(this.#state));
    });
    this.#state = {
      info,
      frameworks: new Map(),
      completed: [],
      agents: new Map(),
      unreachableAgents: new Map(),
      goneAgents: new Set(),
      awaitedAgents: new Set(awaitedAgents),
      offers: new Map(),
      allocator,
      maintenance: noMaintenance(),
      clock,
      log,
      requestOffers: (when) => this.#schedule.request(when),
      agentTimeoutMs,
      refusalMinMs: allocationIntervalMs || REFUSAL_MIN_MS,
      refusalOfZeroMs: allocationIntervalMs > 0 ? 0 : REFUSAL_MIN_MS,
      nextFramework: 0,
      nextOffer: 0,
    };
    if (awaitedAgents.length > 0) clock.after(AGENT_REREGISTER_TIMEOUT_MS, () => this.#giveUpAwaited());
  }

  /** For reading: what the master knows. */
  get state(): MasterState {
    return this.#state;
  }

  framework(id: string): Framework | undefined {
    return this.#state.frameworks.get(id);
  }

  subscribe(
    call: SchedulerCallSubscribe,
    principal: string,
    streamId: string,
    sink: EventSink<SchedulerEvent>,
  ): string | undefined {
    return subscribe(this.#state, call, principal, streamId, sink)?.id;
  }

  /** The socket of a stream closed, whoever closed it. */
  streamClosed(frameworkId: string, streamId: string): void {
    const framework = this.framework(frameworkId);
    // A master that is gone starts no failover timer: it would shut down what its successor has taken over.
    if (framework && !this.#isStopped) disconnect(this.#state, framework, streamId);
  }

  /** UPDATE_FRAMEWORK: why not, or `undefined`. */
  updateFramework(framework: Framework, call: NonNullable<SchedulerCall['update_framework']>): string | undefined {
    return updateFramework(this.#state, framework, call);
  }

  /** Every call that is answered 202 whatever comes of it; the call is valid and the framework connected. */
  call(framework: Framework, call: SchedulerCall): void {
    const state = this.#state;
    switch (call.type) {
      case 'ACCEPT':
        if (call.accept) accept(state, framework, call.accept);
        break;
      case 'DECLINE':
        decline(
          state,
          framework,
          (call.decline?.offer_ids ?? []).map(({ value }) => value),
          call.decline?.filters,
        );
        break;
      case 'ACCEPT_INVERSE_OFFERS':
      case 'DECLINE_INVERSE_OFFERS': {
        const { inverse_offer_ids = [], filters } = call.accept_inverse_offers ?? call.decline_inverse_offers ?? {};
        const ids = inverse_offer_ids.map(({ value }) => value);
        answerInverseOffers(state, framework, ids, call.type === 'ACCEPT_INVERSE_OFFERS', filters);
        break;
      }
      case 'REVIVE':
        this.#forRoles(framework, call.revive?.roles, (roles) => {
          state.allocator.revive(framework.id, roles);
          state.requestOffers('now');
        });
        break;
      case 'SUPPRESS':
        this.#forRoles(framework, call.suppress?.roles, (roles) => state.allocator.suppress(framework.id, roles));
        break;
      case 'KILL':
        if (call.kill) kill(state, framework, call.kill);
        break;
      case 'SHUTDOWN': {
        const agent = state.agents.get(call.shutdown?.agent_id.value ?? '');
        if (agent?.connected && call.shutdown) {
          agent.link.shutdownExecutor(framework.id, call.shutdown.executor_id.value);
        }
        break;
      }
      case 'ACKNOWLEDGE':
        if (call.acknowledge) acknowledge(state, framework, call.acknowledge);
        break;
      case 'RECONCILE':
        reconcile(state, framework, call.reconcile?.tasks ?? []);
        break;
      case 'MESSAGE': {
        const agent = state.agents.get(call.message?.agent_id.value ?? '');
        if (agent?.connected && call.message) {
          agent.link.message(framework.id, call.message.executor_id.value, call.message.data);
        }
        break;
      }
      case 'TEARDOWN':
        removeFramework(state, framework);
        break;
      case 'REQUEST': // ignored by Mesos's own allocator too
      case 'ACKNOWLEDGE_OPERATION_STATUS': // there is no operation with feedback
      case 'RECONCILE_OPERATIONS':
      case 'SUBSCRIBE': // answered otherwise before they come here
      case 'UPDATE_FRAMEWORK':
      case 'UNKNOWN':
      case undefined:
        state.log(`ignored a ${call.type ?? 'nameless'} call of framework ${framework.id}`);
    }
  }

  registerAgent(registration: Registration, link: AgentLink): void {
    registerAgent(this.#state, registration, link);
  }

  agentDisconnected(agentId: string): void {
    disconnectAgent(this.#state, agentId);
  }

  /** The agent missed its pings. */
  agentUnreachable(agentId: string): void {
    loseAgent(this.#state, agentId, 'unreachable');
  }

  /** The agent left for good. */
  agentUnregistered(agentId: string): void {
    loseAgent(this.#state, agentId, 'unregistered');
  }

  /** An operator says that the agent will never come back. */
  markAgentGone(agentId: string): void {
    loseAgent(this.#state, agentId, 'gone');
  }

  statusUpdate(...update: Parameters<MasterLink['statusUpdate']>): void {
    statusUpdate(this.#state, ...update);
  }

  executorExited(...exit: Parameters<MasterLink['executorExited']>): void {
    executorExited(this.#state, ...exit);
  }

  message(agentId: string, frameworkId: string, executorId: string, data: Uint8Array): void {
    sendTo(this.framework(frameworkId), {
      type: 'MESSAGE',
      message: { agent_id: { value: agentId }, executor_id: { value: executorId }, data },
    });
  }

  /** Stops all timers, as the end of the process would. Nothing is told to anybody. */
  stop(): void {
    this.#isStopped = true;
    this.#schedule.stop();
    for (const framework of this.#state.frameworks.values()) {
      framework.stream?.stopHeartbeat();
      framework.stopFailover?.();
    }
    for (const agent of this.#state.agents.values()) agent.stopTimeout();
  }

  /** Agents of an earlier master's that never came are as unreachable as any. */
  #giveUpAwaited(): void {
    if (this.#isStopped) return;
    for (const id of this.#state.awaitedAgents) this.#state.unreachableAgents.set(id, this.#state.clock.now());
    this.#state.awaitedAgents.clear();
  }

  /** All roles when none is named; one role that is not the framework's voids the call. */
  #forRoles(framework: Framework, named: readonly string[] | undefined, run: (roles: readonly string[]) => void): void {
    const own = rolesOf(framework.info);
    const roles = named?.length ? named : own;
    if (roles.every((role) => own.includes(role))) run(roles);
  }
}

function sooner(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
