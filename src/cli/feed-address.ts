import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect, isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import type { RunOptions } from '../framework/run-options.ts';

// Below the ports that systems hand out by themselves, which makes it likely to be free.
const FIRST_PORT = 20_000;
const PORTS = 10_000;
const CONNECT_WITHIN_MS = 3000;

export interface FeedAddress {
  readonly feed: RunOptions['feed'];
  /** Why agents will hardly reach it. */
  readonly warning?: string | undefined;
}

/** A machine to be reached. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * Where the feed listens and what agents are told. Without a port the job's name chooses one, so that a run that follows another
 * has the address of the last: running executors hold it, and it is in their ExecutorInfo, which must not change.
 *
 * @param advertise `host` or `host:port`; otherwise the address from which a master, or ZooKeeper, is reached
 */
export async function feedAddress(
  advertise: string | undefined,
  jobName: string,
  masters: readonly Target[],
): Promise<FeedAddress> {
  const address = advertise ?? bracketed((await addressTowards(masters)) ?? hostname());
  const [, host = address, written] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(address) ?? [];
  const resolved = await resolve(host);
  const loopback = isLoopback(resolved);
  const feed = {
    // Loopback is only for a cluster on this machine; there nothing else need listen.
    listen: loopback ? resolved : isIPv6(resolved) ? '::' : '0.0.0.0',
    ...(written === undefined ? { port: portOf(jobName), orAnyPort: true } : { port: Number(written) }),
    advertise: address,
  };
  if (!loopback) return { feed };
  const elsewhere = (await Promise.all(masters.map((master) => resolve(master.host)))).some((one) => !isLoopback(one));
  if (!elsewhere) return { feed };
  const told = host === resolved || host === `[${resolved}]` ? address : `${address} (${resolved})`;
  const warning =
    `agents are told to reach this scheduler at ${told}, which is loopback, but the master is another machine; ` +
    'set advertise: HOST:PORT to an address that agents reach';
  return { feed, warning };
}

/** The address of ours from which one of the machines is reached; undefined when none answers. */
async function addressTowards(targets: readonly Target[]): Promise<string | undefined> {
  const attempts = targets.map(
    ({ host, port }) =>
      new Promise<string>((done, failed) => {
        const socket = connect({ host: bare(host), port, timeout: CONNECT_WITHIN_MS });
        socket.once('connect', () => {
          const { localAddress } = socket;
          socket.destroy();
          if (localAddress === undefined) failed(new Error('closed'));
          else done(localAddress);
        });
        socket.once('timeout', () => socket.destroy(new Error('no answer')));
        socket.once('error', failed);
      }),
  );
  return Promise.any(attempts).catch(() => undefined);
}

/** The IP address of a host; the host itself when it has none: then whoever tries to connect will tell. */
async function resolve(host: string): Promise<string> {
  try {
    return (await lookup(bare(host))).address;
  } catch {
    return bare(host);
  }
}

function portOf(jobName: string): number {
  return FIRST_PORT + (createHash('sha256').update(jobName).digest().readUInt32BE() % PORTS);
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}
