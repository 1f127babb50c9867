import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { basicPrincipal } from '../auth.ts';
import { systemClock } from '../clock.ts';
import { pathOf } from '../http/plain.ts';
import type { AgentLink, MasterLink, Registration } from '../links.ts';
import { Masters } from '../masters.ts';
import { systemUuid } from '../uuid.ts';
import { type Message, onMessages, sendMessage } from './frames.ts';

export interface MasterPart {
  /** Of the first master; agents' ids begin with it, and what the masters remember is kept under it. */
  readonly clusterId: string;
  readonly host: string;
  readonly port: number;
  readonly workDir: string;
  readonly secret: string;
  readonly agentTimeoutMs: number;
  readonly log: (line: string) => void;
}

/** Where agents connect: `GET` with an upgrade, and the cluster's secret. */
export const AGENT_PATH = '/pinspider/agent';
export const AGENT_PROTOCOL = 'pinspider-agent';

const LINK_METHODS = [
  'launch',
  'kill',
  'shutdownExecutor',
  'shutdownFramework',
  'acknowledge',
  'message',
  'frameworkUpdated',
] as const satisfies readonly (keyof AgentLink)[];

/**
 * A master in a process of its own; its agents, in theirs, connect to it. It remembers on disk only which agents it had
 * admitted, as a real one does.
 *
 * @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the port is taken
 */
export async function runMaster(part: MasterPart): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { secret, log } = part;
  const registry = new Registry(join(part.workDir, 'meta', part.clusterId));
  const sockets = new Map<string, Socket>();
  const masters = await Masters.open({
    ...part,
    count: 1,
    firstId: registry.agents.length === 0 ? part.clusterId : systemUuid(),
    allocationIntervalMs: 0,
    electionMs: 0,
    clock: systemClock,
    uuid: systemUuid,
    admitted: () => registry.agents,
    leads: () => undefined,
    upgrade: (request, socket, head) => {
      const isAgent = pathOf(request) === AGENT_PATH && request.headers.upgrade === AGENT_PROTOCOL;
      if (!isAgent || basicPrincipal(request.headers.authorization, secret) === undefined) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${AGENT_PROTOCOL}\r\n\r\n`);
      serveAgent(socket, head);
    },
  });
  masters.begin();

  const serveAgent = (socket: Socket, head: Uint8Array): void => {
    let id = '';
    socket.on('error', () => undefined); // its close tells
    socket.on('close', () => {
      if (sockets.get(id) !== socket) return; // it has connected anew meanwhile
      sockets.delete(id);
      masters.current?.agentDisconnected(id);
    });
    onMessages(socket, head, ({ method, args }) => {
      const master = masters.current;
      if (!master) return;
      if (method === 'register') {
        const [registration] = args as [Registration];
        id = registration.id;
        registry.add(id);
        sockets.get(id)?.destroy();
        sockets.set(id, socket);
        master.registerAgent(registration, linkTo(socket));
      } else (master[method as keyof MasterLink] as (...a: readonly unknown[]) => void).apply(master, [...args]);
    });
  };
  const [url = ''] = masters.urls;
  log(`master at ${url.replace('http://', '')}`);
  return {
    port: Number(new URL(url).port),
    close: async () => {
      for (const socket of sockets.values()) socket.destroy();
      await masters.close();
    },
  };
}

function linkTo(socket: Socket): AgentLink {
  const methods = LINK_METHODS.map((method) => [
    method,
    (...args: readonly unknown[]) => sendMessage(socket, { method, args } satisfies Message),
  ]);
  return Object.fromEntries(methods) as AgentLink; // every method of it, in LINK_METHODS
}

/** Ids of admitted agents, on disk. */
class Registry {
  readonly #folder: string;
  readonly #agents: Set<string>;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#agents = new Set(this.#read());
  }

  get agents(): readonly string[] {
    return [...this.#agents];
  }

  add(id: string): void {
    if (this.#agents.has(id)) return;
    this.#agents.add(id);
    const file = join(this.#folder, 'registry.json');
    writeFileSync(`${file}.new`, JSON.stringify([...this.#agents]));
    renameSync(`${file}.new`, file);
  }

  #read(): readonly string[] {
    try {
      return JSON.parse(readFileSync(join(this.#folder, 'registry.json'), 'utf8')) as string[]; // written by us
    } catch {
      return []; // the first start
    }
  }
}
