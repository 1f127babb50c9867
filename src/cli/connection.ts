import type { RunOptions } from '../framework/run-options.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { readTls } from '../mesos/tls.ts';
import type { Log } from '../observe/log.ts';
import type { Embedded } from './embedded.ts';
import { feedAddress, type Target } from './feed-address.ts';

/** How a run reaches its master, and agents the run. */
export type Connection = Pick<RunOptions, 'masters' | 'credential' | 'tls' | 'feed'>;

/** @throws {PinspiderError} CONFIG_UNREADABLE or CONFIG_INVALID for the files of `tls` */
export async function connectionOf(job: ResolvedJob, embedded: Embedded | undefined, log: Log): Promise<Connection> {
  const { master, advertise, principal, secret, tls } = job.mesos;
  if (embedded) {
    return {
      masters: [embedded.url],
      credential: embedded.credential,
      feed: { listen: '127.0.0.1', port: 0, advertise: '127.0.0.1' },
    };
  }
  if (master.kind === 'local') throw new Error('bug: a local master without a cluster');
  const { feed, warning } = await feedAddress(advertise, job.name, targetsOf(master));
  if (warning !== undefined) log.warn(warning);
  return {
    masters: master.kind === 'http' ? master.urls : master,
    credential: principal !== undefined && secret !== undefined ? { principal, secret } : undefined,
    tls: tls && (await readTls(tls)),
    feed,
  };
}

function targetsOf(master: Exclude<ResolvedJob['mesos']['master'], { kind: 'local' }>): readonly Target[] {
  const urls = master.kind === 'http' ? master.urls : master.servers.map((server) => `http://${server}`);
  return urls.map((url) => {
    const { protocol, hostname, port } = new URL(url);
    return { host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
  });
}
