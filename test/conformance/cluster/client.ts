import {
  executorCall,
  executorEvent,
  type MediaType,
  schedulerCall,
  schedulerEvent,
} from '../../../src/mesos/codec.ts';
import { basic } from '../../support/tiny-scheduler.ts';
import { translated } from './exchanges.ts';
import type { Likeness } from './likeness.ts';
import { SECRET, type Stage } from './stage.ts';
import type { Call, Event, Exchange, Raw, Transcript } from './transcript.ts';
import { exchange, type Reply, send } from './wire.ts';

/** Sends what a recording's schedulers and executors sent, in the words of the live cluster. */
export class Client {
  readonly #stage: Stage;
  readonly #likeness: Likeness;
  readonly #transcript: Transcript;
  /** Secrets that the recorded master knew, if it asked for any. */
  readonly #secrets: readonly string[] | undefined;
  /** Executors by side. */
  readonly #executors = new Map<string, { readonly url: string; readonly auth: string }>();

  constructor(stage: Stage, likeness: Likeness, transcript: Transcript, secrets: readonly string[] | undefined) {
    this.#stage = stage;
    this.#likeness = likeness;
    this.#transcript = transcript;
    this.#secrets = secrets;
  }

  /** The answer, or `undefined` when the executor that should call has no process. */
  async call({ side, call, stream, authorization, host, path }: Call): Promise<Reply | undefined> {
    const isExecutor = isExecutorSide(side);
    const { media } = this.#transcript;
    const to = isExecutor
      ? await this.#executor(side, call)
      : { url: this.#master(host), auth: this.#schedulerAuth(call, authorization) };
    return (
      to &&
      send({
        url: `${to.url}${path ?? (isExecutor ? '/api/v1/executor' : '/api/v1/scheduler')}`,
        headers: {
          'Content-Type': media,
          Accept: media,
          ...(to.auth !== undefined && { Authorization: to.auth }),
          ...(stream !== undefined && { 'Mesos-Stream-Id': this.#likeness.text(stream) }),
        },
        body: encoded(isExecutor, this.#likeness.translate(call), media),
        ...(call['type'] === 'SUBSCRIBE' && {
          events: { codec: isExecutor ? executorEvent : schedulerEvent, media },
        }),
      })
    );
  }

  async raw({ request: bytes }: Raw): Promise<Reply> {
    const text = bytes.toString('latin1');
    const [head = ''] = text.split('\r\n\r\n', 1);
    const [start = '', ...lines] = head.split('\r\n');
    const [method = '', path = ''] = start.split(' ');
    const body = Buffer.from(this.#likeness.text(text.slice(head.length + 4)), 'latin1');
    const headers = Object.fromEntries(
      lines
        .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
        .filter(([key]) => !['host', 'content-length', 'connection'].includes(key.toLowerCase()))
        .map(([key, value]): [string, string] => [key, this.#likeness.text(value)]),
    );
    const executor = path.includes('executor') ? [...this.#executors.values()][0] : undefined;
    return send({
      url: `${executor?.url ?? this.#stage.cluster.url}${path}`,
      method,
      headers: {
        ...headers,
        ...(body.length > 0 && { 'Content-Length': String(body.length) }),
        Authorization: executor?.auth ?? basic(SECRET),
      },
      body,
    });
  }

  async exchange({ request: bytes }: Exchange): Promise<{ readonly text: string; readonly isOpen: boolean }> {
    const port = Number(new URL(this.#stage.cluster.url).port);
    const text = translated(bytes.toString('latin1'), (recorded) => this.#likeness.text(recorded)).replaceAll(
      /^(host: .*\r\n)/gim,
      `$1Authorization: ${basic(SECRET)}\r\n`,
    );
    return exchange(port, Buffer.from(text, 'latin1'));
  }

  /** Of two executors of one id: the agent that this one runs on, by what it was told when it subscribed. */
  agentOf(side: string): number | undefined {
    if (side.split(':').length < 3) return undefined;
    const told = this.#transcript.entries.find((e): e is Event => e.kind === 'event' && e.side === side)?.event;
    const { subscribed } = (told ?? {}) as { subscribed?: { agent_info: { id: { value: string } } } };
    const id = this.#likeness.text(subscribed?.agent_info.id.value ?? '');
    const index = this.#stage.cluster.agents.findIndex((agent) => agent.id === id);
    return index < 0 ? undefined : index;
  }

  #master(host: string | undefined): string {
    const { masters, url } = this.#stage.cluster;
    return (host === '127.0.0.1:5052' ? masters[1] : undefined) ?? url;
  }

  /** The embedded cluster wants to know who calls; only one recorded master did. */
  #schedulerAuth(call: Call['call'], recorded: string | undefined): string | undefined {
    if (this.#secrets) {
      if (recorded === undefined) return undefined;
      const [principal = '', secret = ''] = Buffer.from(recorded.replace('Basic ', ''), 'base64').toString().split(':');
      return basic(this.#secrets.includes(secret) ? SECRET : secret, principal);
    }
    const { subscribe } = call as { subscribe?: { framework_info?: { principal?: string } } };
    return basic(SECRET, subscribe?.framework_info?.principal);
  }

  /** Where its process was told that the agent is, and the token that it was given. */
  async #executor(side: string, call: Call['call']): Promise<{ url: string; auth: string } | undefined> {
    const known = this.#executors.get(side);
    if (known) return known;
    const { executor_id: executorId } = call as { executor_id?: { value: string } };
    const wanted = side.split(':')[1] ?? executorId?.value ?? '';
    const environment = await this.#stage.executorEnvironment(wanted, this.agentOf(side));
    if (!environment) return undefined;
    const [endpoint = '', token = ''] = ['MESOS_AGENT_ENDPOINT', 'MESOS_EXECUTOR_AUTHENTICATION_TOKEN'].map(
      (variable) => environment[variable] ?? '',
    );
    const found = { url: `http://${endpoint}`, auth: `Bearer ${token}` };
    this.#executors.set(side, found);
    return found;
  }
}

function encoded(isExecutor: boolean, call: object, media: MediaType): Uint8Array {
  const json = Buffer.from(JSON.stringify(call));
  if (isExecutor) return executorCall.encode(executorCall.decode(json, 'application/json'), media);
  return schedulerCall.encode(schedulerCall.decode(json, 'application/json'), media);
}

function isExecutorSide(name: string): boolean {
  return name.startsWith('executor:') || name === 'rogue-executor';
}
