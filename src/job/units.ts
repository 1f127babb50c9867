/**
 * Numbers with units, as the schema's patterns let them through. A bare number, also one in quotes, has the unit told in each
 * function. Undefined when the text is no such number.
 */

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const POWERS = 'KMGT';

/** `500ms`, `120s`, `5m`, `24h`, `7d`; bare numbers are seconds. */
export function durationMs(written: string | number): number | undefined {
  const [, count, unit] = /^([0-9]+(?:\.[0-9]+)?) *(ms|s|m|h|d)?$/.exec(String(written)) ?? [];
  return count === undefined ? undefined : Math.round(Number(count) * (MS[unit ?? 's'] ?? 1));
}

/** `512KB`, `5MB` (powers of 1000), `1GiB` (powers of 1024); bare numbers are bytes. */
export function sizeBytes(written: string | number): number | undefined {
  const size = splitSize(written);
  return size && Math.round(size.count * (size.binary ? 1024 : 1000) ** size.power);
}

/**
 * Memory in thousandths of a Mesos megabyte, which is 2^20 bytes: all its units are binary, whether an `i` is written or not
 * (3rdparty/stout/include/stout/bytes.hpp), so that `mem: 512` and `mem: 512MB` are the same. Bare numbers are megabytes.
 */
export function memoryMilli(written: string | number): number | undefined {
  const size = splitSize(written);
  if (!size) return undefined;
  const bare = /^[0-9.]+$/.test(String(written));
  return Math.round(size.count * 1024 ** (bare ? 0 : size.power - 2) * 1000);
}

/** `5/s`, `100/m`, `1/10s`: `count` requests in `perMs`; bare numbers are per second. */
export function rateOf(written: string | number): { readonly count: number; readonly perMs: number } | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)(?: *\/ *([0-9]*)(ms|s|m|h|d))?$/.exec(String(written));
  if (!match) return undefined;
  return { count: Number(match[1]), perMs: Number(match[2] || 1) * (MS[match[3] ?? 's'] ?? 1000) };
}

function splitSize(written: string | number): { count: number; power: number; binary: boolean } | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?) *(?:([kKMGT])(i?))?B?$/.exec(String(written));
  if (!match) return undefined;
  return {
    count: Number(match[1]),
    power: match[2] ? POWERS.indexOf(match[2].toUpperCase()) + 1 : 0,
    binary: match[3] === 'i',
  };
}
