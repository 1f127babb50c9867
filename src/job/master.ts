import { suggest } from '../lib/suggest.ts';
import type { MesosSettings } from './resolved.ts';

export type Master = MesosSettings['master'];

export type ReadMaster =
  | { readonly ok: true; readonly master: Master; readonly principal?: string; readonly secret?: string }
  | { readonly ok: false; readonly what: string; readonly mend: string };

const FORMS = 'write local, local[N], host:5050 or http(s)://host:5050[,host2:5050]';
const MASTER_PORT = 5050;

/** Reads `local`, `local[4]`, `host:5050`, `http(s)://[principal:secret@]h1:5050,h2:5050`. */
export function readMaster(text: string): ReadMaster {
  const local = /^local(?:\[([^\]]*)\])?$/.exec(text);
  if (local) return readLocal(local[1]);
  if (/^zk:/i.test(text)) {
    return {
      ok: false,
      what: 'zk:// masters are not supported by this version yet',
      mend: 'name the masters: http://h1:5050,h2:5050',
    };
  }
  const [, scheme, rest = text] = /^(https?):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined && text.includes('://'))
    return { ok: false, what: 'this is no address of a master', mend: FORMS };
  if (suggest(text, ['local']) !== undefined)
    return { ok: false, what: 'this is no address of a master', mend: 'did you mean "local"?' };
  const at = rest.lastIndexOf('@');
  const hosts = rest
    .slice(at + 1)
    .replace(/\/$/, '')
    .split(',')
    .map((host) => host.trim());
  // A host without a port has that of the first; the first has its scheme's, or without a scheme the one on which masters listen.
  const port = /:(\d+)$/.exec(hosts[0] ?? '')?.[1] ?? (scheme === undefined ? MASTER_PORT : '');
  const urls = hosts.map((host) => hostUrl(scheme?.toLowerCase() ?? 'http', host, String(port)));
  const good = urls.filter((url) => url !== undefined);
  if (good.length < urls.length) return { ok: false, what: 'this is no address of a master', mend: FORMS };
  const master: Master = { kind: 'http', urls: good };
  if (at < 0) return { ok: true, master };
  return { ok: true, master, ...userInfo(rest.slice(0, at)) };
}

/** The secret in a master's address, so that it can be hidden before anything is told about that address. */
export function secretIn(text: string): string | undefined {
  const [, info] = /^https?:\/\/(.*)@/i.exec(text) ?? [];
  return info === undefined ? undefined : userInfo(info).secret;
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

function userInfo(text: string): { principal: string; secret?: string } {
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
