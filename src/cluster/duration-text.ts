const UNITS: readonly (readonly [string, number])[] = [
  ['weeks', 604_800_000],
  ['days', 86_400_000],
  ['hrs', 3_600_000],
  ['mins', 60_000],
  ['secs', 1000],
  ['ms', 1],
];

/** Prints as Mesos does: the largest unit that keeps a whole number, `90secs`, `15mins`. */
export function durationText(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole === 0) return '0ns';
  const [unit, size] = UNITS.find(([, size]) => whole % size === 0) ?? ['ms', 1];
  return `${whole / size}${unit}`;
}
