const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const ID = new RegExp(`^${UUID.source}(-[OS]?\\d+)?$`);
const ANY_ID = new RegExp(`${UUID.source}(-[OS]?\\d+)?`, 'g');
const UUID_BASE64 = /^[\w+/]{22}==$/;

/** Moments and sizes of a run, which no two runs share; only their presence is compared. */
const MOMENTARY = new Set(['timestamp', 'unreachable_time']);
/** Numbers that stand for something of a run, as ids do. */
const NUMBERS = new Set(['port', 'executor_pid']);

/**
 * What a recording calls things, and what they are called in the cluster that plays it: ids, ports, process ids. Learned
 * where a recorded message meets its counterpart; the same name must then always stand for the same thing.
 */
export class Likeness {
  readonly #names = new Map<string, string>();
  readonly #numbers = new Map<number, number>();
  readonly #texts: [string, string][] = [];

  /** Parts of text that differ for good: paths of programs and files, addresses. */
  say(recorded: string, live: string): void {
    this.#texts.push([recorded, live]);
  }

  learn(recorded: string, live: string): void {
    this.#names.set(recorded, live);
  }

  /** The recorded value in the words of the live cluster. */
  translate<T>(value: T): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((one: unknown) => this.translate(one)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.translate<unknown>(one)])) as T;
  }

  text(text: string): string {
    const whole = this.#names.get(text);
    if (whole !== undefined) return whole;
    const replaced = this.#texts.reduce((t, [from, to]) => t.replaceAll(from, to), text);
    return replaced.replace(ANY_ID, (id) => this.#names.get(id) ?? id);
  }

  /** The first difference between a recorded message and a live one, or `undefined`; learns names on the way. */
  differs(recorded: unknown, live: unknown, path = ''): string | undefined {
    const key = path.slice(path.lastIndexOf('.') + 1);
    if (MOMENTARY.has(key) && typeof recorded === typeof live) return undefined;
    if (typeof recorded === 'string' && typeof live === 'string') return this.#text(recorded, live, path);
    if (typeof recorded === 'number' && typeof live === 'number') return this.#number(recorded, live, path);
    if (Array.isArray(recorded) && Array.isArray(live)) {
      if (recorded.length !== live.length) return `${path}: ${recorded.length} items, here ${live.length}`;
      return first(recorded, (one, i) => this.differs(one, live[i], `${path}[${i}]`));
    }
    if (isMessage(recorded) && isMessage(live)) {
      const keys = [...new Set([...Object.keys(recorded), ...Object.keys(live)])].filter(
        // whoever has proved who it is, its FrameworkInfo names; the recorded master did not ask
        (one) => one !== 'principal' || 'principal' in recorded,
      );
      return first(keys, (one) => this.differs(recorded[one], live[one], `${path}.${one}`));
    }
    return Object.is(recorded, live) ? undefined : `${path}: ${show(recorded)}, here ${show(live)}`;
  }

  #text(recorded: string, live: string, path: string): string | undefined {
    const wanted = this.text(recorded);
    if (wanted === live) return undefined;
    const isName = (ID.test(recorded) && ID.test(live)) || (UUID_BASE64.test(recorded) && UUID_BASE64.test(live));
    if (isName && !this.#names.has(recorded)) {
      this.#names.set(recorded, live);
      return undefined;
    }
    // ids that appear in prose only, such as a container's that never ran
    if (wanted.replace(ANY_ID, '<id>') === live.replace(ANY_ID, '<id>') && !isName) return undefined;
    if (path.endsWith('.pid')) return wanted.replace(/\d+$/, '') === live.replace(/\d+$/, '') ? undefined : path;
    return `${path}: ${show(wanted)}, here ${show(live)}`;
  }

  #number(recorded: number, live: number, path: string): string | undefined {
    if (recorded === live) return undefined;
    if (NUMBERS.has(path.slice(path.lastIndexOf('.') + 1))) {
      const known = this.#numbers.get(recorded);
      this.#numbers.set(recorded, known ?? live);
      if (known === undefined || known === live) return undefined;
    }
    return `${path}: ${recorded}, here ${live}`;
  }
}

function isMessage(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first<T>(list: readonly T[], find: (one: T, index: number) => string | undefined): string | undefined {
  for (const [index, one] of list.entries()) {
    const found = find(one, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
