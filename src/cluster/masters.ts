import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from './clock.ts';
import { serveMaintenance } from './http/maintenance-endpoint.ts';
import { serveState } from './http/operator-endpoint.ts';
import { type Plain, refusal, write } from './http/plain.ts';
import { serveScheduler } from './http/scheduler-endpoint.ts';
import { closeServer, listen, type Route } from './http/server.ts';
import { Master } from './master/master.ts';
import { masterInfo } from './master-info.ts';

export interface MastersSetting {
  readonly host: string;
  /** Of the first; 0 takes a free one, as the others always do. */
  readonly port: number;
  /** How many. */
  readonly count: number;
  readonly secret: string;
  /** Of the first leader; later ones draw their own. */
  readonly firstId: string;
  readonly allocationIntervalMs: number;
  readonly agentTimeoutMs: number;
  /** How long it takes until one leads, at the start and after the leader's death. */
  readonly electionMs: number;
  readonly clock: Clock;
  readonly uuid: () => string;
  readonly log: (line: string) => void;
  /** Agents that an earlier leader had admitted: a new one waits for them. */
  readonly admitted: () => readonly string[];
  /** Takes connections that ask to become something else than HTTP. */
  readonly upgrade?: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
  /** A master leads from now on. */
  readonly leads: (master: Master) => void;
}

interface Seat {
  readonly server: Server;
  readonly port: number;
  /** Whether the process that would sit there runs. */
  isUp: boolean;
}

/**
 * Masters of which one leads. The others send callers to it: also to a dead one, for as long as nobody else was elected.
 * What the leader knows dies with it.
 */
export class Masters {
  readonly #setting: MastersSetting;
  readonly #seats: Seat[] = [];
  #leader: number | undefined;
  #nextId: string | undefined;
  /** Of the leader; absent while it recovers, or is dead. */
  #master: Master | undefined;
  #stopElection = (): void => undefined;

  /** @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the port is taken */
  static async open(setting: MastersSetting): Promise<Masters> {
    const masters = new Masters(setting);
    for (let index = 0; index < setting.count; index++) await masters.#sit(index);
    return masters;
  }

  private constructor(setting: MastersSetting) {
    this.#setting = setting;
    this.#nextId = setting.firstId;
  }

  /** The leading master, if it is alive and has recovered. */
  get current(): Master | undefined {
    return this.#master;
  }

  /** `http://127.0.0.1:port` of each. */
  get urls(): readonly string[] {
    return this.#seats.map(({ port }) => `http://${this.#setting.host}:${port}`);
  }

  /** The first may lead from now on. */
  begin(): void {
    if (this.#setting.electionMs > 0) this.#electAfter(this.#setting.electionMs);
    else this.#elect();
  }

  /** The death of a master's process; of the leader's if none is named. */
  kill(index = this.#leader ?? 0): void {
    const seat = this.#at(index);
    seat.isUp = false;
    seat.server.closeAllConnections();
    if (index !== this.#leader) return;
    this.#master?.stop();
    this.#master = undefined;
    if (this.#seats.some(({ isUp }) => isUp)) this.#electAfter(this.#setting.electionMs);
  }

  /** A new process in the place of a dead one. If nobody else leads it does so again, once it has recovered. */
  start(index = this.#leader ?? 0, recoveryMs = 0): void {
    const seat = this.#at(index);
    if (seat.isUp) return;
    seat.isUp = true;
    if (index !== this.#leader) return;
    this.#stopElection();
    this.#stopElection = this.#setting.clock.after(recoveryMs, () => this.#lead(index));
  }

  /** The death of all of them. */
  stop(): void {
    for (const seat of this.#seats) {
      seat.isUp = false;
      seat.server.closeAllConnections();
    }
    this.#stopElection();
    this.#master?.stop();
    this.#master = undefined;
  }

  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#seats.map(({ server }) => closeServer(server)));
  }

  #at(index: number): Seat {
    const seat = this.#seats[index];
    if (!seat) throw new RangeError(`there is no master ${index}`);
    return seat;
  }

  #electAfter(ms: number): void {
    this.#stopElection();
    this.#stopElection = this.#setting.clock.after(ms, () => this.#elect());
  }

  #elect(): void {
    const index = this.#seats.findIndex(({ isUp }) => isUp);
    if (index >= 0) this.#lead(index);
  }

  #lead(index: number): void {
    const { host, clock, log, allocationIntervalMs, agentTimeoutMs, admitted, leads, uuid } = this.#setting;
    this.#leader = index;
    this.#master = new Master({
      info: masterInfo(this.#nextId ?? uuid(), host, this.#at(index).port),
      allocationIntervalMs,
      agentTimeoutMs,
      clock,
      log,
      awaitedAgents: admitted(),
    });
    this.#nextId = undefined;
    leads(this.#master);
  }

  async #sit(index: number): Promise<void> {
    const { host, port: first, secret, uuid, log } = this.#setting;
    const master = (): Master | undefined => (this.#leader === index ? this.#master : undefined);
    const away = (path: string): Plain | undefined => this.#elsewhere(index, path);
    const scheduler: Route = (request, response) =>
      serveScheduler({ master, elsewhere: () => away('/master/api/v1/scheduler'), secret, uuid }, request, response);
    const state: Route = (request, response) => {
      const redirect = away('/master/state');
      if (redirect) write(response, redirect);
      else serveState(master(), secret, request, response);
    };
    const maintenance =
      (part: 'schedule' | 'status'): Route =>
      async (request, response) => {
        const redirect = away(`/master/maintenance/${part}`);
        if (redirect) write(response, redirect);
        else await serveMaintenance(master(), secret, part, request, response);
      };
    const health: Route = (_, response) => write(response, { status: 200 });
    const redirect: Route = (_, response) => write(response, this.#redirection(''));
    const routes: Readonly<Record<string, Route>> = {
      '/api/v1/scheduler': scheduler,
      '/state': state,
      '/maintenance/schedule': maintenance('schedule'),
      '/maintenance/status': maintenance('status'),
      '/health': health,
      '/redirect': redirect,
    };
    const all = Object.fromEntries(
      Object.entries(routes).flatMap(([path, route]) => [
        [path, route],
        [`/master${path}`, route],
      ]),
    );
    const { server, port } = await listen(host, index === 0 ? first : 0, all, log);
    const seat: Seat = { server, port, isUp: true };
    server.on('connection', (socket) => {
      if (!seat.isUp) socket.destroy();
    });
    const { upgrade } = this.#setting;
    if (upgrade) server.on('upgrade', upgrade);
    this.#seats.push(seat);
  }

  /** The answer of a master that does not lead. */
  #elsewhere(index: number, path: string): Plain | undefined {
    return index === this.#leader ? undefined : this.#redirection(path);
  }

  #redirection(path: string): Plain {
    if (this.#leader === undefined) return refusal(503, 'No leader elected');
    const { hostname } = masterInfo('', this.#setting.host, 0);
    return { status: 307, headers: { Location: `//${hostname ?? ''}:${this.#at(this.#leader).port}${path}` } };
  }
}
