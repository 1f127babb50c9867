import type { Socket } from 'node:net';
import type { Client, Exception } from 'node-zookeeper-client';
import { messageOf } from '../lib/errors.ts';
import { schedulerUrl } from './leader.ts';
import { leaderNode, masterUrl } from './leader-node.ts';
import type { Masters } from './masters.ts';

/** Where masters elect their leader: `zk://[user:password@]h1:2181,h2:2181/path`, taken apart. */
export interface ZooKeeperAddress {
  /** `host:port` each. */
  readonly servers: readonly string[];
  /** The znode below which masters write themselves down. */
  readonly path: string;
  /** Of ZooKeeper's digest authentication. */
  readonly credential?: { readonly user: string; readonly password: string } | undefined;
}

export interface ZooKeeperMastersOptions {
  readonly address: ZooKeeperAddress;
  /** MasterInfo does not say which one a master speaks. */
  readonly scheme: 'http' | 'https';
  /** Another leader than before. */
  readonly changed: () => void;
  /** Default 10 s, as masters have it. */
  readonly sessionTimeoutMs?: number;
  /** Between two looks without a reason; each must be answered before the next. Default 10 s. */
  readonly lookEveryMs?: number;
}

const SESSION_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 10_000;
const RECONNECT_AFTER_MS = 250;
/** For the end of a session; without it the server keeps it until its timeout. */
const CLOSE_WITHIN_MS = 1000;

/**
 * The leading master as ZooKeeper has it: the election's znode is watched, and looked at now and then in any case. The client
 * library does not notice a server that keeps the connection and says nothing: a look that is not answered makes a new one.
 *
 * While ZooKeeper is away the last leader stands: it may well lead on.
 */
export class ZooKeeperMasters implements Masters {
  readonly #options: ZooKeeperMastersOptions;
  readonly #timer: NodeJS.Timeout;
  #reconnect: NodeJS.Timeout | undefined;
  #client: Client | undefined;
  #leader: URL | undefined;
  #why: string;
  #looking = false;
  #again = false;
  #closed = false;

  constructor(options: ZooKeeperMastersOptions) {
    this.#options = options;
    this.#why = 'no server has answered yet';
    this.#timer = setInterval(() => this.#lookAgain(), options.lookEveryMs ?? LOOK_EVERY_MS);
    void this.#connect();
  }

  current(): { readonly url: URL } | { readonly none: string } {
    if (this.#leader) return { url: schedulerUrl(this.#leader.href) };
    const { servers, path } = this.#options.address;
    return { none: `zk://${servers.join(',')}${path}: ${this.#why}` };
  }

  /** A dead leader is named until its session ends: it is tried until then. */
  failed(): void {
    this.#look();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#reconnect);
    this.#drop();
  }

  async #connect(): Promise<void> {
    const { address, sessionTimeoutMs = SESSION_TIMEOUT_MS } = this.#options;
    // Loaded here, since most runs have no ZooKeeper.
    const { default: library } = await import('node-zookeeper-client');
    if (this.#closed) return;
    const client = library.createClient(address.servers.join(','), { sessionTimeout: sessionTimeoutMs });
    const { credential } = address;
    if (credential) client.addAuthInfo('digest', Buffer.from(`${credential.user}:${credential.password}`));
    this.#client = client;
    // A session is worth nothing to who only reads: with its connection it is given up, and all that the library would
    // carry over to the next one (watches, the last change seen) is read anew.
    let connected = false;
    client.on('connected', () => {
      connected = true;
      this.#look();
    });
    client.on('disconnected', () => {
      if (connected) this.#renew(client);
    });
    for (const event of ['expired', 'authenticationFailed'] as const) client.on(event, () => this.#renew(client));
    client.connect();
  }

  #renew(client: Client): void {
    if (this.#closed || this.#client !== client) return;
    this.#drop();
    this.#why = 'the connection was lost';
    this.#reconnect = setTimeout(() => void this.#connect(), RECONNECT_AFTER_MS);
  }

  #drop(): void {
    const client = this.#client;
    this.#client = undefined;
    this.#looking = this.#again = false;
    if (client) abandon(client);
  }

  #lookAgain(): void {
    const client = this.#client;
    if (!client) return;
    if (this.#looking) this.#renew(client);
    else this.#look();
  }

  /** Also the watcher: the library keeps one function once. */
  readonly #look = (): void => {
    const client = this.#client;
    if (!client) return;
    // What changes while we look may be past or ahead of the answer.
    if (this.#looking) this.#again = true;
    else void this.#lookAt(client);
  };

  async #lookAt(client: Client): Promise<void> {
    this.#looking = true;
    const found = await leaderOf(client, this.#options, this.#look);
    if (this.#client !== client) return;
    this.#looking = false;
    if ('none' in found) this.#why = found.none;
    // Between two leaders there is none; the old one stands until the new one is known.
    else if (found.url.href !== this.#leader?.href) {
      this.#leader = found.url;
      this.#options.changed();
    }
    if (!this.#again) return;
    this.#again = false;
    this.#look();
  }
}

/** What has to be reached for inside of a client, as it has no way to be given up. */
interface Inside {
  readonly connectionManager: { readonly socket?: Socket; connect: () => void };
}

/**
 * Ends a client, whatever it is doing. Its own `close` is only for one that is connected: of one that is connecting, or is told
 * nothing any more, it makes something that takes the next answer for another, or that stays for ever.
 */
function abandon(client: Client): void {
  const manager = (client as Client & Inside).connectionManager;
  const cut = (): void => void manager.socket?.destroy();
  const end = (): void => {
    client.close();
    setTimeout(cut, CLOSE_WITHIN_MS).unref();
  };
  manager.connect = () => undefined;
  if (client.getState().name === 'SYNC_CONNECTED') end();
  else {
    // An attempt may be waiting for its turn.
    client.once('connected', end);
    cut();
  }
}

async function leaderOf(
  client: Client,
  { address: { path }, scheme }: ZooKeeperMastersOptions,
  watcher: () => void,
): Promise<{ readonly url: URL } | { readonly none: string }> {
  try {
    const name = leaderNode(await asked<string[]>((answer) => client.getChildren(path, watcher, answer)));
    if (name === undefined) return { none: 'no master leads' };
    const data = await asked<Buffer>((answer) => client.getData(`${path === '/' ? '' : path}/${name}`, answer));
    const url = masterUrl(data, scheme);
    return url ? { url } : { none: `${name} tells no address of a master` };
  } catch (error) {
    return { none: faultText(error, path) };
  }
}

/** What the library calls an Exception in its types is an Error in truth. */
type Answer<T> = (error: Error | Exception | null, result: T) => void;

function asked<T>(call: (answer: Answer<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- see Answer
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function faultText(error: unknown, path: string): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NO_NODE') return `there is no znode ${path}: is the path that of the masters, and have they started?`;
  if (name === 'NO_AUTH') return `reading ${path} is not allowed: zk://user:password@… says who we are`;
  return messageOf(error);
}
