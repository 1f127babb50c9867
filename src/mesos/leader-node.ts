/**
 * Of the children of the masters' znode the one whose master leads: the lowest sequence number. Masters write
 * `json.info_0000000012`; beside them lie `info_…`, which only masters before 1.0 wrote, and `log_replicas`.
 */
export function leaderNode(children: readonly string[]): string | undefined {
  let leader: { readonly name: string; readonly sequence: number } | undefined;
  for (const name of children) {
    // ZooKeeper counts in 32 bits with a sign: past 2147483647 it goes on from below.
    const [, digits] = /^json\.info_(-?\d{9,10})$/.exec(name) ?? [];
    const sequence = Number(digits);
    if (digits !== undefined && (!leader || sequence < leader.sequence)) leader = { name, sequence };
  }
  return leader?.name;
}

/**
 * The master's base URL from what it wrote into its znode, a MasterInfo as JSON. Undefined when that tells no address.
 *
 * By http the IP address is taken, since hostnames of masters often resolve inside of their cluster only; by https the
 * hostname, since certificates bear that.
 */
export function masterUrl(data: Uint8Array, scheme: 'http' | 'https'): URL | undefined {
  const info = parse(Buffer.from(data).toString('utf8'));
  const address = memberOf(info, 'address');
  const port = memberOf(address, 'port') ?? memberOf(info, 'port');
  const hostname = textOf(memberOf(address, 'hostname')) ?? textOf(memberOf(info, 'hostname'));
  const ip = textOf(memberOf(address, 'ip'));
  const host = scheme === 'https' ? (hostname ?? ip) : (ip ?? hostname);
  if (host === undefined || typeof port !== 'number') return undefined;
  const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return URL.canParse(url) ? new URL(url) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON tells no address
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
