const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  secs: 1000,
  mins: 60_000,
  hrs: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

/** Milliseconds of a duration as Mesos prints it: `15mins`, `2secs`, `1.5mins`. Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ns|us|ms|secs|mins|hrs|days|weeks)$/.exec(text.trim()) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  return amount === undefined || unitMs === undefined ? undefined : Number(amount) * unitMs;
}
