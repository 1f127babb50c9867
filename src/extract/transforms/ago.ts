/** Times told by their distance: `3 days ago`, `an hour ago`, `yesterday`, `2h`. */

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?)$/, 1000],
  [/^(?:m|mins?|minutes?)$/, 60_000],
  [/^(?:h|hrs?|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
  [/^(?:w|wks?|weeks?)$/, 7 * 86_400_000],
];

/** @returns ms since the epoch; null when the text tells no distance. Months and years go by the calendar, in UTC. */
export function readAgo(text: string, now: number): number | null {
  const tidy = text.trim().toLowerCase();
  if (/^(?:now|just now|moments? ago|today)$/.test(tidy)) return now;
  if (tidy === 'yesterday') return now - 86_400_000;
  const match =
    /^(?:about |almost |over |~\s?)?(\d{1,6}(?:\.\d{1,3})?|an?|one|two|three|a few|a couple of)\s*([a-z]{1,7})\.?(?: ago)?$/.exec(
      tidy,
    );
  if (match === null) return null;
  const amount = WORDS.get(match[1] ?? '') ?? Number(match[1]);
  const unit = match[2] ?? '';
  const ms = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (ms !== undefined) return now - Math.round(amount * ms);
  if (/^(?:mos?|months?)$/.test(unit)) return monthsBefore(now, amount);
  return /^(?:y|yrs?|years?)$/.test(unit) ? monthsBefore(now, amount * 12) : null;
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['a couple of', 2],
  ['three', 3],
  ['a few', 3],
]);

/** The same day of an earlier month, or the last one of it: a month before March 31st is February 29th or 28th. */
function monthsBefore(now: number, months: number): number | null {
  const date = new Date(now);
  const whole = Math.round(months);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - whole);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, days));
  const ms = date.getTime();
  return Number.isNaN(ms) || date.getUTCFullYear() < 1 ? null : ms;
}
