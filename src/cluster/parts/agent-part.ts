import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Agent } from '../agent/agent.ts';
import type { Kept } from '../agent/checkpoint.ts';
import { systemClock } from '../clock.ts';
import { startAgent, stopRunning } from '../cluster-agent.ts';
import type { AgentLink, MasterLink } from '../links.ts';
import type { AgentOptions } from '../options.ts';
import { systemUuid } from '../uuid.ts';
import { onMessages, sendMessage } from './frames.ts';
import { AGENT_PATH, AGENT_PROTOCOL } from './master-part.ts';

export interface AgentPart {
  readonly id: string;
  readonly host: string;
  /** Of the executor API; executors must find an agent that starts anew where it was. */
  readonly port: number;
  readonly masterUrl: string;
  readonly workDir: string;
  readonly secret: string;
  readonly options: AgentOptions;
  readonly log: (line: string) => void;
}

const RETRY_MS = 300;

/**
 * An agent in a process of its own. What it must know after its death it keeps in its work directory: executors with
 * checkpointing live on, and are waited for when it starts again.
 *
 * @throws {PinspiderError} CLUSTER_ADDRESS_IN_USE when the port is taken
 */
export async function runAgent(part: AgentPart): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { id, workDir, log } = part;
  const file = join(workDir, 'meta', id);
  mkdirSync(join(workDir, 'meta'), { recursive: true });
  const kept = read(file);
  const uplink = new Uplink(part);
  const running = await startAgent({
    ...part,
    master: uplink.link,
    clock: systemClock,
    uuid: systemUuid,
    checkpoint: () => {
      writeFileSync(`${file}.new`, serialize(running.agent.kept));
      renameSync(`${file}.new`, file);
    },
  });
  const { agent } = running;
  if (kept) {
    agent.restore(kept, running.launcher.attach);
    log(`agent ${id} waits for its executors`);
    agent.comeBack(() => uplink.open(agent));
  } else uplink.open(agent);
  return {
    port: running.port,
    close: async () => {
      await stopRunning(running);
      uplink.close();
    },
  };
}

function read(file: string): Kept | undefined {
  try {
    return deserialize(readFileSync(file)) as Kept; // written by us
  } catch {
    return undefined; // the first start
  }
}

/** The way to the master, which is looked for again whenever it is lost. What is said meanwhile is lost, as in Mesos. */
class Uplink {
  readonly #part: AgentPart;
  #socket: Socket | undefined;
  #isClosed = false;

  constructor(part: AgentPart) {
    this.#part = part;
  }

  readonly link: MasterLink = {
    statusUpdate: (...args) => this.#say('statusUpdate', args),
    executorExited: (...args) => this.#say('executorExited', args),
    message: (...args) => this.#say('message', args),
  };

  open(agent: Agent): void {
    if (this.#isClosed) return;
    const { masterUrl, secret } = this.#part;
    const sent = request(`${masterUrl}${AGENT_PATH}`, {
      agent: false,
      headers: { Connection: 'Upgrade', Upgrade: AGENT_PROTOCOL },
      auth: `agent:${secret}`,
    });
    const again = (): void => void setTimeout(() => this.open(agent), RETRY_MS);
    sent.once('upgrade', (_, socket, head) => {
      this.#socket = socket;
      socket.on('error', () => undefined); // its close tells
      socket.once('close', () => {
        this.#socket = undefined;
        again();
      });
      onMessages(socket, head, ({ method, args }) => {
        (agent[method as keyof AgentLink] as (...a: readonly unknown[]) => void).apply(agent, [...args]);
      });
      this.#say('register', [agent.registration()]);
      agent.resume();
    });
    sent.once('response', (response) => {
      response.resume();
      again();
    });
    sent.once('error', again);
    sent.end();
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.destroy();
  }

  #say(method: string, args: readonly unknown[]): void {
    if (this.#socket) sendMessage(this.#socket, { method, args });
  }
}
