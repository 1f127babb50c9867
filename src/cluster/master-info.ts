import { PinspiderError } from '../lib/errors.ts';
import type { MasterInfo } from '../mesos/messages.generated.ts';

/** The version whose behaviour the cluster follows. */
const MESOS_VERSION = '1.12.0';

/** The master as it shows itself in SUBSCRIBED. */
export function masterInfo(id: string, ip: string, port: number): MasterInfo {
  const hostname = ip === '127.0.0.1' ? 'localhost' : ip;
  return {
    id,
    // an IPv4 address in network byte order, read as a little-endian number
    ip: Buffer.from(ip.split('.').map(Number)).readUInt32LE(),
    port,
    pid: `master@${ip}:${port}`,
    hostname,
    version: MESOS_VERSION,
    address: { hostname, ip, port },
    capabilities: [{ type: 'AGENT_UPDATE' }, { type: 'AGENT_DRAINING' }, { type: 'QUOTA_V2' }],
  };
}

/**
 * The IPv4 address to listen on.
 *
 * @throws {PinspiderError} CONFIG_INVALID when it is not loopback: whoever reaches the API can start processes
 */
export function loopbackAddress(host: string): string {
  if (host === 'localhost') return '127.0.0.1';
  const parts = host.split('.');
  const isLoopback =
    parts.length === 4 && parts[0] === '127' && parts.every((p) => /^\d{1,3}$/.test(p) && Number(p) < 256);
  if (isLoopback) return host;
  throw new PinspiderError({
    code: 'CONFIG_INVALID',
    where: host,
    what: 'the embedded cluster listens on loopback only, since its API starts processes',
    mend: 'use 127.0.0.1, or a real Mesos cluster',
  });
}
