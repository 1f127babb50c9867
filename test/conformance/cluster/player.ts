import { Client } from './client.ts';
import { commute, inOrder, keyOf, TIMED } from './events.ts';
import { answersOf } from './exchanges.ts';
import { NOTES, offersAt } from './hands.ts';
import { Likeness } from './likeness.ts';
import type { Scenario } from './scenarios.ts';
import { HELD_COMMAND, Stage } from './stage.ts';
import type { Call, End, Event, Exchange, Note, Raw, Response, Transcript } from './transcript.ts';
import type { LiveEvent, LiveStream, Reply } from './wire.ts';

const RECORDED_EXECUTOR = 'exec /usr/bin/node /srv/mesos-client/executor.js';

// How long to wait, in real time, for what should come without time passing on the stage; it is lost if it does not come.
const PATIENCE_MS = 15_000;
// The same for what comes by a timer, which may be a little later than recorded.
const TIMED_MS = 10;
// How much later than recorded, in the stage's time, something may come: the master's cycle of offers is a second.
const DELAY_MAX_MS = 1500;
const DELAY_STEP_MS = 10;
const CLOSED_MS = 20;
const REST_MS = 40;

/** Plays a recording against the embedded cluster: how much was compared, and what came back otherwise. */
export async function play(
  transcript: Transcript,
  scenario: Scenario,
): Promise<{ readonly compared: number; readonly differences: readonly string[] }> {
  await using stage = await Stage.set(scenario, offersAt(transcript));
  const player = new Player(stage, transcript, scenario);
  const undo = await scenario.prepare?.(player);
  await player.play();
  undo?.();
  return { compared: player.compared, differences: player.differences };
}

interface Side {
  /** Replies by ordinal of the call. */
  readonly replies: Map<number, Reply>;
  /** What the recording calls its odd requests. */
  readonly names: Map<number, string>;
  readonly streams: Map<number, LiveStream>;
  /** The newest. */
  stream: LiveStream | undefined;
}

export class Player {
  readonly stage: Stage;
  readonly likeness = new Likeness();
  readonly #transcript: Transcript;
  readonly #scenario: Scenario;
  readonly #found: { readonly t: number; readonly what: string }[] = [];
  readonly #sides = new Map<string, Side>();
  /** Calls whose answer was cut off by the death of whom they went to: they had no effect. */
  readonly #unheard: ReadonlySet<string>;
  readonly #client: Client;

  constructor(stage: Stage, transcript: Transcript, scenario: Scenario) {
    this.stage = stage;
    this.#transcript = transcript;
    this.#scenario = scenario;
    this.likeness.say(RECORDED_EXECUTOR, HELD_COMMAND);
    this.#client = new Client(stage, this.likeness, transcript, scenario.secrets);
    const broken = transcript.entries.filter((e) => e.kind === 'response' && e.error !== undefined) as Response[];
    this.#unheard = new Set([...broken.map(({ side, nth }) => `${side} ${nth}`), ...(scenario.unheard ?? [])]);
    const agents = [...new Set(JSON.stringify(transcript.entries).match(/[0-9a-f-]{36}-S\d+/g) ?? [])].sort();
    for (const [i, id] of agents.entries()) {
      const agent = stage.cluster.agents[i];
      if (agent) this.likeness.learn(id, agent.id);
    }
  }

  /** Answers, events and ends of streams. */
  get compared(): number {
    return this.#transcript.entries.filter(({ kind }) => ['response', 'exchange', 'event', 'end'].includes(kind))
      .length;
  }

  get differences(): readonly string[] {
    return this.#found.map(({ t, what }) => `${t} ms: ${what}`);
  }

  async play(): Promise<void> {
    const actions = [...(this.#scenario.at ?? [])];
    for (const entry of this.#transcript.entries) {
      for (let next = actions[0]; next && next[0] <= entry.t; next = actions[0]) {
        actions.shift();
        await this.stage.turnTo(next[0]);
        await next[1](this);
      }
      await this.stage.turnTo(entry.t);
      switch (entry.kind) {
        case 'call':
          await this.#call(entry);
          break;
        case 'raw':
          await this.#raw(entry);
          break;
        case 'exchange':
          await this.#exchange(entry);
          break;
        case 'response':
          this.#response(entry);
          break;
        case 'event':
          await this.#event(entry);
          break;
        case 'end':
          await this.#end(entry);
          break;
        case 'note':
          await this.#note(entry);
      }
    }
    await this.stage.settle(() => false, REST_MS);
    this.#reportRest();
    for (const { streams } of this.#sides.values()) for (const stream of streams.values()) stream.close();
  }

  report(t: number, what: string): void {
    this.#found.push({ t, what });
  }

  #side(name: string): Side {
    const side = this.#sides.get(name) ?? {
      replies: new Map(),
      names: new Map(),
      streams: new Map(),
      stream: undefined,
    };
    this.#sides.set(name, side);
    return side;
  }

  async #call(entry: Call): Promise<void> {
    const { t, side: name, nth, call } = entry;
    if (this.#unheard.has(`${name} ${nth}`)) return;
    await this.#scenario.call?.(this, name, call);
    const reply = await this.#client.call(entry);
    if (!reply) {
      this.report(t, `${name} ${String(call['type'])}: there is no process of that executor`);
      return;
    }
    const side = this.#side(name);
    side.replies.set(nth, reply);
    if (!reply.stream) return;
    side.stream = reply.stream;
    side.streams.set(nth, reply.stream);
  }

  async #raw(entry: Raw): Promise<void> {
    this.#side(entry.side).replies.set(entry.nth, await this.#client.raw(entry));
    this.#side(entry.side).names.set(entry.nth, entry.name);
  }

  async #exchange(entry: Exchange): Promise<void> {
    const { t, name, response, why } = entry;
    const live = await this.#client.exchange(entry);
    const difference = this.likeness.differs(answersOf(response), answersOf(live.text), name);
    if (difference !== undefined) this.report(t, difference);
    if (why.startsWith('still open') !== live.isOpen)
      this.report(t, `${name}: connection ${why}, here ${live.isOpen ? 'open' : 'closed'}`);
  }

  #response({ t, side: name, nth, status, headers = {}, body = '' }: Response): void {
    const reply = this.#side(name).replies.get(nth);
    if (status === undefined || !reply) return;
    const what = `${name} ${this.#side(name).names.get(nth) ?? `call ${nth}`}`;
    if (reply.status !== status) {
      this.report(t, `${what}: status ${status}, here ${reply.status ?? 'no answer'} ${reply.body}`.trimEnd());
      return;
    }
    for (const [header, value] of Object.entries(headers)) {
      const got = reply.headers[header];
      if (header === 'content-length' && got !== undefined) continue; // ids in bodies differ in length
      if (header === 'mesos-stream-id' && typeof got === 'string') this.likeness.learn(value, got);
      else {
        const difference = this.likeness.differs(
          portless(value),
          got === undefined ? got : portless(String(got)),
          `${what} header ${header}`,
        );
        if (difference !== undefined) this.report(t, difference);
      }
    }
    const difference = this.likeness.differs(body, reply.body, `${what} body`);
    if (difference !== undefined) this.report(t, difference);
  }

  async #event({ t, side: name, event }: Event): Promise<void> {
    const key = keyOf(event);
    await this.#scenario.before?.[`${name} ${key}`]?.(this, event);
    if (event.type === 'FAILURE') await this.#exitOf(event);
    const stream = this.#side(name).stream;
    if (!stream) {
      this.report(t, `${name}: no stream for ${key}`);
      return;
    }
    const find = (): number => stream.events.findIndex((one, i) => !stream.met.includes(i) && keyOf(one) === key);
    await this.#await(() => find() >= 0 || stream.end !== undefined, t, TIMED.has(event.type));
    const index = find();
    const live = stream.events[index];
    if (!live) {
      this.report(t, `${name}: ${key} does not come`);
      return;
    }
    stream.met.push(index);
    const difference = this.likeness.differs(inOrder(this.likeness, event), inOrder(undefined, live));
    if (difference !== undefined) this.report(t, `${name}: ${key} ${difference}`);
  }

  /**
   * Waits for what a timer brings by letting time pass, up to what a cycle of offers may take; for what processes and
   * sockets bring without.
   */
  async #await(isSo: () => boolean, t: number, isTimed = false): Promise<void> {
    if (await this.stage.settle(isSo, isTimed ? TIMED_MS : PATIENCE_MS)) return;
    for (let delay = DELAY_STEP_MS; delay <= DELAY_MAX_MS; delay += DELAY_STEP_MS) {
      await this.stage.turnTo(t + delay);
      if (await this.stage.settle(isSo, 2)) return;
    }
    await this.stage.settle(isSo, PATIENCE_MS);
  }

  /** A recorded executor ended by itself: so does its stand-in. One that died by a signal was ended by somebody else. */
  async #exitOf(event: LiveEvent): Promise<void> {
    const { failure } = event as { failure?: { executor_id?: { value: string }; status?: number } };
    const executor = failure?.executor_id?.value;
    const status = failure?.status;
    if (executor === undefined || status === undefined || (status & 0x7f) !== 0) return;
    await this.exit(executor, status >> 8);
  }

  async exit(executorId: string, code: number, agent?: number): Promise<void> {
    const running = this.stage.process(executorId, agent);
    const frameworkId = running?.agent.executors().find((one) => one.pid === running.pid)?.frameworkId;
    if (frameworkId !== undefined) await this.stage.order(frameworkId, executorId, `exit ${code}`, agent);
  }

  async #end({ t, side: name, nth, why }: End): Promise<void> {
    const side = this.#side(name);
    const stream = side.streams.get(nth);
    const reply = side.replies.get(nth);
    if (why.startsWith('HTTP ')) return; // the response has told
    if (why.startsWith('socket error')) {
      if (reply?.status !== undefined) this.report(t, `${name} call ${nth}: ${why}, here an answer ${reply.status}`);
      return;
    }
    if (!stream || this.#isOwnEnd(t, name)) return;
    if (why === 'closed') {
      stream.close();
      await this.stage.settle(() => false, CLOSED_MS); // the other end must notice before time goes on
      return;
    }
    await this.#await(() => stream.end !== undefined, t);
    const wanted = why.startsWith('final chunk') ? 'clean' : 'cut';
    if (stream.end !== wanted) this.report(t, `${name}: stream ends ${wanted}, here ${stream.end ?? 'not at all'}`);
  }

  /** Whether it is the end of the executor that the recording goes on to tell, from inside of it. */
  #isOwnEnd(t: number, name: string): boolean {
    const next = this.#transcript.entries.find((e) => e.side === name && e.kind === 'note' && e.t >= t) as
      Note | undefined;
    return next !== undefined && next.t - t < 10 && next.note.startsWith('exit ');
  }

  async #note(entry: Note): Promise<void> {
    const [, id = ''] = entry.side.split(':');
    const exit = /^exit (\d+)/.exec(entry.note);
    const agent = this.#client.agentOf(entry.side);
    if (exit) await this.exit(id, Number(exit[1]), agent);
    if (/exiting(:|$)/.test(entry.note)) await this.exit(id, 0, agent);
    const actions = [...Object.entries(this.#scenario.notes ?? {}), ...Object.entries(NOTES)];
    await actions.find(([text]) => entry.note.includes(text))?.[1](this, entry);
  }

  /** What came and is in no recording, and what came in another order. */
  #reportRest(): void {
    const end = this.#transcript.entries.at(-1)?.t ?? 0;
    for (const [name, { streams }] of this.#sides) {
      for (const stream of streams.values()) {
        for (const [i, event] of stream.events.entries()) {
          if (!stream.met.includes(i) && !this.#scenario.mayCome?.(keyOf(event), name))
            this.report(end, `${name}: ${keyOf(event)} comes, not recorded`);
        }
        for (const [i, index] of stream.met.entries()) {
          const later = stream.met.slice(0, i).find((one) => one > index);
          const [a, b] = [stream.events[later ?? -1], stream.events[index]];
          if (a && b && !commute(a, b)) this.report(end, `${name}: ${keyOf(b)} comes before ${keyOf(a)}`);
        }
      }
    }
  }
}

function portless(text: string): string {
  return text.replaceAll(/:\d{2,5}(?=\/|$)/g, ':PORT');
}
