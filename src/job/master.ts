import { suggest } from '../lib/suggest.ts';
import type { MesosSettings } from './resolved.ts';

export type Master = MesosSettings['master'];

export type ReadMaster =
  | { readonly ok: true; readonly master: Master; readonly principal?: string; readonly secret?: string }
  | { readonly ok: false; readonly what: string; readonly mend: string };

const FORMS = 'write local, local[N], host:5050, http(s)://host:5050[,host2:5050] or zk://host:2181[,host2:2181]/path';
const MASTER_PORT = 5050;
const ZOOKEEPER_PORT = 2181;

/**
 * Reads `local`, `local[4]`, `host:5050`, `http(s)://[principal:secret@]h1:5050,h2:5050`, `zk://[user:password@]h1:2181,h2:2181/path`.
 *
 * @param scheme of a master that is written without one
 */
export function readMaster(text: string, scheme: 'http' | 'https' = 'http'): ReadMaster {
  const local = /^local(?:\[([^\]]*)\])?$/.exec(text);
  if (local) return readLocal(local[1]);
  const zooKeeper = /^zk:\/\/(?:(.*)@)?([^/]*)(.*)$/i.exec(text);
  return zooKeeper ? readZooKeeper(zooKeeper) : readHttp(text, scheme);
}

function readHttp(text: string, unwritten: 'http' | 'https'): ReadMaster {
  const [, scheme, rest = text] = /^(https?):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined && text.includes('://'))
    return { ok: false, what: 'this is no address of a master', mend: FORMS };
  if (suggest(text, ['local']) !== undefined)
    return { ok: false, what: 'this is no address of a master', mend: 'did you mean "local"?' };
  const at = rest.lastIndexOf('@');
  const hosts = hostsOf(rest.slice(at + 1).replace(/\/$/, ''));
  // A host without a port has that of the first; the first has its scheme's, or without a scheme the one on which masters listen.
  const port = /:(\d+)$/.exec(hosts[0] ?? '')?.[1] ?? (scheme === undefined ? MASTER_PORT : '');
  const urls = hosts.map((host) => hostUrl(scheme?.toLowerCase() ?? unwritten, host, String(port)));
  const good = urls.filter((url) => url !== undefined);
  if (good.length < urls.length) return { ok: false, what: 'this is no address of a master', mend: FORMS };
  const master: Master = { kind: 'http', urls: good };
  if (at < 0) return { ok: true, master };
  return { ok: true, master, ...userInfo(rest.slice(0, at)) };
}

/** The secret in a master's address, so that it can be hidden before anything is told about that address. */
export function secretIn(text: string): string | undefined {
  const [, info] = /^(?:https?|zk):\/\/(.*)@/i.exec(text) ?? [];
  return info === undefined ? undefined : userInfo(info).secret;
}

function readZooKeeper([, info, list = '', path = '']: RegExpExecArray): ReadMaster {
  const hosts = hostsOf(list).map((host) => (/:\d+$/.test(host) ? host : `${host}:${ZOOKEEPER_PORT}`));
  // An IPv6 address is not understood by the client library.
  if (!hosts.every((host) => /^[A-Za-z0-9._-]+:\d{1,5}$/.test(host)))
    return { ok: false, what: 'these are no addresses of ZooKeeper servers', mend: FORMS };
  if (!/^(\/[^/]+)+$/.test(path))
    return { ok: false, what: 'the path of the masters in ZooKeeper is missing', mend: 'it is often /mesos' };
  const { principal: user, secret: password } = info === undefined ? {} : userInfo(info);
  if (user !== undefined && password === undefined)
    return { ok: false, what: 'a user of ZooKeeper without a password', mend: 'write zk://user:password@…' };
  const credential = user !== undefined && password !== undefined && { credential: { user, password } };
  return { ok: true, master: { kind: 'zk', servers: hosts, path, ...credential } };
}

function hostsOf(list: string): readonly string[] {
  return list.split(',').map((host) => host.trim());
}

function readLocal(cpus: string | undefined): ReadMaster {
  if (cpus === undefined) return { ok: true, master: { kind: 'local' } };
  const count = Number(cpus);
  if (/^\d+(\.\d+)?$/.test(cpus) && count > 0) return { ok: true, master: { kind: 'local', cpus: count } };
  return { ok: false, what: `local[${cpus}] has no number of cpus`, mend: 'write e.g. local[4]' };
}

function hostUrl(scheme: string, host: string, port: string): string | undefined {
  if (!/^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d+)?$/.test(host)) return undefined;
  const url = `${scheme}://${/:\d+$/.test(host) || port === '' ? host : `${host}:${port}`}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function userInfo(text: string): { principal?: string; secret?: string } {
  const colon = text.indexOf(':');
  if (colon < 0) return { principal: decoded(text) };
  return { principal: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % was meant as itself
  }
}
