import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * IPv4 blocks that are no place of the public Internet: the IANA special-purpose registry without what is globally
 * reachable, and multicast.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const NOT_PUBLIC_IPV4: readonly (readonly [net: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, cloud metadata among it
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** @see https://www.iana.org/assignments/iana-ipv6-special-registry/ */
const NOT_PUBLIC_IPV6: readonly (readonly [net: string, prefix: number])[] = [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23], // Teredo and other protocols' own
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** Prefixes after which an IPv6 address carries an IPv4 one to which it leads: mapped, NAT64 (RFC 6052), 6to4 (RFC 3056). */
const IPV4_CARRIERS: readonly (readonly [embed: (high: string, low: string) => string, bits: number])[] = [
  [(high, low) => `::ffff:${high}:${low}`, 96],
  [(high, low) => `64:ff9b::${high}:${low}`, 96],
  [(high, low) => `2002:${high}:${low}::`, 16],
];

const refused = refusedAddresses();

/** True for loopback, private, link-local, multicast and every other address that is not of the public Internet, and for what is no address. */
export function isPrivateAddress(address: string): boolean {
  const zone = address.indexOf('%');
  const bare = zone < 0 ? address : address.slice(0, zone);
  const version = isIP(bare);
  return version === 0 || refused.check(bare, version === 4 ? 'ipv4' : 'ipv6');
}

function refusedAddresses(): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of NOT_PUBLIC_IPV6) list.addSubnet(net, prefix, 'ipv6');
  for (const [net, prefix] of NOT_PUBLIC_IPV4) {
    list.addSubnet(net, prefix, 'ipv4');
    const [high, low] = hextets(net);
    for (const [embed, bits] of IPV4_CARRIERS) list.addSubnet(embed(high, low), bits + prefix, 'ipv6');
  }
  return list;
}

function hextets(ipv4: string): readonly [high: string, low: string] {
  if (!isIPv4(ipv4)) throw new Error(`bug: ${ipv4} is no IPv4 address`);
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}
