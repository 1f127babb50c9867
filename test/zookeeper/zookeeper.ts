import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ACL, type Client, CreateMode, createClient, type Exception } from 'node-zookeeper-client';

const JAR = '/usr/share/java/zookeeper.jar';
const LAUNCH = ['-Xmx96m', '-cp', JAR, 'org.apache.zookeeper.server.quorum.QuorumPeerMain'];

/** A real ZooKeeper server on loopback, with a directory of its own. */
export interface ZooKeeper extends AsyncDisposable {
  readonly server: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Restarts without its data: sessions and znodes are gone. */
  forget(): Promise<void>;
}

export async function zooKeeper(): Promise<ZooKeeper> {
  if (!existsSync(JAR)) throw new Error(`${JAR} is missing: apt-get install zookeeper default-jre-headless`);
  const directory = await mkdtemp(join(tmpdir(), 'zookeeper-'));
  const data = join(directory, 'data');
  const configuration = join(directory, 'zoo.cfg');
  const port = await freePort();
  await mkdir(data);
  const lines = {
    tickTime: 200,
    dataDir: data,
    clientPort: port,
    clientPortAddress: '127.0.0.1',
    minSessionTimeout: 400,
    maxSessionTimeout: 60_000,
    '4lw.commands.whitelist': 'srvr',
    'admin.enableServer': false, // it would listen on all addresses
  };
  await writeFile(
    configuration,
    Object.entries(lines)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn('java', [...LAUNCH, configuration], { stdio: 'ignore' });
    await once(child, 'spawn');
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`ZooKeeper ended with ${child.exitCode}`);
      await sleep(50);
    }
  };
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();
  return {
    server: `127.0.0.1:${port}`,
    start,
    stop,
    async forget() {
      await stop();
      await rm(data, { recursive: true });
      await mkdir(data);
      await start();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
}

/** A session of a test's own, with which it plays the masters. */
export interface Session extends AsyncDisposable {
  /** Writes a master down as masters do. @returns the znode's path */
  elect(path: string, baseUrl: string): Promise<string>;
  write(path: string, data: string, acl?: readonly ACL[]): Promise<void>;
  remove(path: string): Promise<void>;
}

export async function session(server: string, user?: string): Promise<Session> {
  const client: Client = createClient(server, { sessionTimeout: 5000 });
  if (user !== undefined) client.addAuthInfo('digest', Buffer.from(user));
  const connected = new Promise<void>((resolve) => client.once('connected', resolve));
  client.connect();
  await connected;
  return {
    async elect(path, baseUrl) {
      await done<string>((told) => client.mkdirp(path, told));
      const { hostname, port } = new URL(baseUrl);
      const data = Buffer.from(
        JSON.stringify({
          id: baseUrl,
          ip: 16777343,
          port: Number(port),
          hostname,
          address: { hostname, ip: hostname, port: Number(port) },
        }),
      );
      return done<string>((told) => client.create(`${path}/json.info_`, data, CreateMode.EPHEMERAL_SEQUENTIAL, told));
    },
    async write(path, data, acl) {
      const bytes = Buffer.from(data);
      if (acl) await done<string>((told) => client.create(path, bytes, [...acl], told));
      else await done<string>((told) => client.mkdirp(path, bytes, told));
    },
    remove: (path) =>
      done<unknown>((told) => client.remove(path, (error) => told(error, undefined))).then(() => undefined),
    async [Symbol.asyncDispose]() {
      const gone = new Promise<void>((resolve) => client.once('disconnected', resolve));
      client.close();
      await gone;
    },
  };
}

function done<T>(call: (told: (error: Error | Exception | null, result: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an Error in truth
      if (error) reject(error);
      else resolve(result);
    });
  });
}

/** Something in the way to a server, which can fall silent without closing a connection. */
export interface Way extends AsyncDisposable {
  readonly server: string;
  /** Connections that are open carry nothing any more; new ones do. */
  fallSilent(): void;
}

export async function wayTo(server: string): Promise<Way> {
  const [host, port] = server.split(':');
  const generations = [new AbortController()];
  const proxy = createServer((near) => {
    const silent = generations.at(-1)?.signal;
    const far = connect(Number(port), host ?? '');
    const [there, back] = [(bytes: Buffer) => far.write(bytes), (bytes: Buffer) => near.write(bytes)];
    near
      .on('data', there)
      .on('error', () => far.destroy())
      .on('close', () => far.destroy());
    far
      .on('data', back)
      .on('error', () => near.destroy())
      .on('close', () => !silent?.aborted && near.destroy());
    silent?.addEventListener('abort', () => {
      near.off('data', there).resume();
      far.off('data', back).destroy();
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    server: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    fallSilent() {
      generations.at(-1)?.abort();
      generations.push(new AbortController());
    },
    async [Symbol.asyncDispose]() {
      proxy.close();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether it serves. One that only listens as yet answers neither this nor the first session, and keeps the connection. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('srvr'));
    socket.setTimeout(500, () => socket.destroy());
    socket.on('data', (bytes) => (text += bytes.toString()));
    socket.on('error', () => resolve(false)).on('close', () => resolve(text.includes('Mode:')));
  });
}
