import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { type MediaType, schedulerCall, schedulerEvent } from '../../src/mesos/codec.ts';
import type {
  ExecutorInfo,
  FrameworkInfo,
  Offer,
  SchedulerCall,
  SchedulerEvent,
  SchedulerEventType,
  TaskInfo,
  TaskStatus,
} from '../../src/mesos/messages.generated.ts';
import { records } from '../../src/mesos/recordio.ts';

const TINY_EXECUTOR = join(import.meta.dirname, 'tiny-executor.mjs');

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Connection {
  readonly url: string;
  readonly secret: string;
  readonly principal?: string;
  readonly media?: MediaType;
}

/** Sends bytes to a path of the API; the whole answer. */
export async function post(
  url: string,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>>,
  method = 'POST',
): Promise<Answer> {
  const sent = request(url, { method, headers, agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

export function basic(secret: string, principal = 'pinspider'): string {
  return `Basic ${Buffer.from(`${principal}:${secret}`).toString('base64')}`;
}

/** A scheduler on node:http alone: it keeps every event and acknowledges nothing by itself. */
export class TinyScheduler implements AsyncDisposable {
  readonly events: SchedulerEvent[] = [];
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** How the stream ended: `clean`, `cut`, or not yet. */
  end: 'clean' | 'cut' | undefined;
  frameworkId = '';
  readonly #connection: Connection;
  readonly #request: ClientRequest;
  #wake: () => void = () => undefined;
  readonly #returned = new Set<SchedulerEvent>();

  constructor(connection: Connection, sent: ClientRequest, response: IncomingMessage) {
    this.#connection = connection;
    this.#request = sent;
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    void this.#listen(response);
  }

  /** Calls without a framework id get this one's; answers are not checked. */
  async call(call: SchedulerCall, streamId = this.headers['mesos-stream-id']): Promise<Answer> {
    const { url, secret, principal, media = 'application/json' } = this.#connection;
    const body = schedulerCall.encode({ framework_id: { value: this.frameworkId }, ...call }, media);
    const headers = { 'Content-Type': media, Accept: media, Authorization: basic(secret, principal) };
    return post(`${url}/api/v1/scheduler`, body, {
      ...headers,
      ...(streamId && { 'Mesos-Stream-Id': String(streamId) }),
    });
  }

  /** The first event of the type that was not returned before; waits for it. */
  async next(
    type: SchedulerEventType,
    where: (event: SchedulerEvent) => boolean = () => true,
  ): Promise<SchedulerEvent> {
    for (;;) {
      const event = this.events.find((e) => e.type === type && !this.#returned.has(e) && where(e));
      if (event) {
        this.#returned.add(event);
        return event;
      }
      if (this.end) throw new Error(`the stream ended (${this.end}) before ${type}`);
      await this.#change();
    }
  }

  async offers(): Promise<readonly Offer[]> {
    return (await this.next('OFFERS')).offers?.offers ?? [];
  }

  async offer(): Promise<Offer> {
    const [offer] = await this.offers();
    if (!offer) throw new Error('an OFFERS event without an offer');
    return offer;
  }

  /** The next update, or the next of that state; it and those before it are acknowledged if they may be. */
  async update(state?: string): Promise<TaskStatus> {
    for (;;) {
      const status = (await this.next('UPDATE')).update?.status;
      if (!status) throw new Error('an UPDATE event without a status');
      if (status.uuid) await this.acknowledge(status);
      if (state === undefined || status.state === state) return status;
    }
  }

  async acknowledge({ task_id, agent_id, uuid }: TaskStatus): Promise<void> {
    if (!agent_id || !uuid) throw new Error('a status that cannot be acknowledged');
    await this.call({ type: 'ACKNOWLEDGE', acknowledge: { task_id, agent_id, uuid } });
  }

  async launch(offer: Offer, tasks: readonly TaskInfo[], refuseSeconds = 0): Promise<Answer> {
    return this.call({
      type: 'ACCEPT',
      accept: {
        offer_ids: [offer.id],
        operations: [{ type: 'LAUNCH', launch: { task_infos: tasks } }],
        filters: { refuse_seconds: refuseSeconds },
      },
    });
  }

  /** Resolves when the stream has ended. */
  async ended(): Promise<'clean' | 'cut'> {
    while (!this.end) await this.#change();
    return this.end;
  }

  /** Drops the connection, as a scheduler that dies. */
  drop(): void {
    this.#request.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drop();
    await this.ended();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#wake;
      this.#wake = () => {
        before();
        resolve();
      };
    });
  }

  async #listen(response: IncomingMessage): Promise<void> {
    try {
      for await (const record of records(response)) {
        const event = schedulerEvent.decode(record, this.#connection.media ?? 'application/json');
        this.frameworkId ||= event.subscribed?.framework_id.value ?? '';
        this.events.push(event);
        this.#wake();
      }
      this.end = 'clean';
    } catch {
      this.end = 'cut'; // how exactly does not matter
    }
    this.#wake();
  }
}

export async function subscribe(
  connection: Connection,
  info: Partial<FrameworkInfo> = {},
  suppressedRoles: readonly string[] = [],
): Promise<TinyScheduler> {
  const media = connection.media ?? 'application/json';
  const call: SchedulerCall = {
    type: 'SUBSCRIBE',
    ...(info.id && { framework_id: info.id }),
    subscribe: { framework_info: { user: 'root', name: 'tiny', ...info }, suppressed_roles: suppressedRoles },
  };
  const headers = {
    'Content-Type': media,
    Accept: media,
    Authorization: basic(connection.secret, connection.principal),
  };
  const sent = request(`${connection.url}/api/v1/scheduler`, { method: 'POST', headers, agent: false });
  sent.end(schedulerCall.encode(call, media));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return new TinyScheduler(connection, sent, response);
}

export type Step = readonly [string, unknown?];

/** A task for the tiny executor, 0.1 cpus and 32 MB, as its executor is. */
export function task(
  id: string,
  agentId: string,
  steps: readonly Step[],
  executor: ExecutorInfo = tinyExecutor('e1'),
): TaskInfo {
  return {
    name: `task ${id}`,
    task_id: { value: id },
    agent_id: { value: agentId },
    resources: resources(0.1, 32),
    executor,
    data: Buffer.from(JSON.stringify(steps)),
  };
}

export function tinyExecutor(id: string, environment: Readonly<Record<string, string>> = {}): ExecutorInfo {
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value, type: 'VALUE' as const }));
  return {
    type: 'CUSTOM',
    executor_id: { value: id },
    name: `executor ${id}`,
    command: { shell: true, value: `exec ${process.execPath} ${TINY_EXECUTOR}`, environment: { variables } },
    resources: resources(0.1, 32),
  };
}

export function resources(cpus: number, mem: number): NonNullable<TaskInfo['resources']> {
  return [
    { name: 'cpus', type: 'SCALAR', scalar: { value: cpus } },
    { name: 'mem', type: 'SCALAR', scalar: { value: mem } },
  ];
}
