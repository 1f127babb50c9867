/** Points in time as pages write them. English month names. */

export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** ms since midnight; undefined for a bare date. */
  readonly time?: number | undefined;
  /** Minutes east of UTC; undefined when the text names no zone. */
  readonly offset?: number | undefined;
}

/**
 * Reads ISO 8601, RFC 2822 and the common forms `12 March 2024`, `March 12, 2024`, `12.03.2024`, `2024/03/12`, each with
 * or without a time. `03/04/2024` says neither day nor month first and gives null; `13/04/2024` can only be read in one way.
 */
export function readMoment(text: string): Moment | null {
  const tidy = text.trim();
  const short = tidy.length > 100 ? '' : tidy;
  return readYearFirst(short) ?? readDayFirst(short) ?? readNamedMonth(short) ?? readUnix(short);
}

const TIME =
  /^(?:T|t|,?\s+(?:at\s+|-\s+|\u2013\s+)?|,)\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[ECMP][SD]T|[-+\u2212]\d{2}(?::?\d{2})?)?(?:\s*\([A-Za-z ]{1,30}\))?$/i;

// The zones that RFC 2822 (4.3) names.
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

function readYearFirst(text: string): Moment | null {
  const match = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text) ?? /^(\d{4})()(\d{2})(\d{2})(?!\d)/.exec(text);
  if (match === null) return null;
  return moment(Number(match[1]), Number(match[3]), Number(match[4]), text.slice(match[0].length));
}

function readDayFirst(text: string): Moment | null {
  const match = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const second = Number(match[3]);
  const rest = text.slice(match[0].length);
  const year = Number(match[4]);
  // Dots are day first wherever they are used; slashes and dashes are not.
  if (match[2] === '.' || first > 12 || first === second) return moment(year, second, first, rest);
  return second > 12 ? moment(year, first, second, rest) : null;
}

const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+/i;

function readNamedMonth(written: string): Moment | null {
  const text = written.replace(WEEKDAY, '');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+of)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d)/i.exec(text);
  if (dayFirst !== null) {
    const rest = text.slice(dayFirst[0].length);
    return moment(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]), rest);
  }
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})(?!\d)/i.exec(text);
  if (monthFirst === null) return null;
  const rest = text.slice(monthFirst[0].length);
  return moment(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2]), rest);
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** 1 to 12; 0 for a word that is no month. */
export function monthOf(name = ''): number {
  const word = name.toLowerCase();
  return word === 'sept' ? 9 : MONTHS.findIndex((month) => month === word || month.slice(0, 3) === word) + 1;
}

/** Seconds or milliseconds since 1970, from September 2001 on: shorter numbers are more likely something else. */
function readUnix(text: string): Moment | null {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return null;
  return fromMs(Number(text) * (text.length === 10 ? 1000 : 1));
}

/** A moment of UTC. */
export function fromMs(ms: number): Moment {
  const date = new Date(ms);
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    time: ms - midnight,
    offset: 0,
  };
}

function moment(year: number, month: number, day: number, rest: string): Moment | null {
  if (!isDay(year, month, day)) return null;
  if (rest === '') return { year, month, day };
  // a zone after a bare date (XML Schema dates) says nothing about the day
  if (/^(?:Z|[-+]\d{2}:\d{2})$/.test(rest)) return { year, month, day };
  const match = TIME.exec(rest);
  if (match === null) return null;
  const time = clock(match[1], match[2], match[3], match[4], match[5]);
  const offset = match[6] === undefined ? undefined : zoneOf(match[6]);
  return time === null || offset === null ? null : { year, month, day, time, offset };
}

function clock(hours = '', minutes = '', seconds = '0', fraction = '0', half?: string): number | null {
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  // a leap second is read as the second before it
  const second = Math.min(59, Number(seconds));
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  return ((hour * 60 + Number(minutes)) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
}

function zoneOf(zone: string): number | null {
  const named = ZONES[zone.toUpperCase()];
  if (named !== undefined) return named;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('+') ? 1 : -1) * (hours * 60 + minutes);
}

export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** `YYYY-MM-DD`, the day as written, whatever its zone. */
export function showDate({ year, month, day }: Moment): string {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** ISO 8601: in UTC with `Z` when the text named a zone, without zone when not; a bare date stays one. */
export function showDatetime(moment: Moment): string {
  if (moment.time === undefined) return showDate(moment);
  if (moment.offset === undefined) return `${showDate(moment)}T${showClock(moment.time)}`;
  const midnight = new Date(0);
  midnight.setUTCFullYear(moment.year, moment.month - 1, moment.day);
  const utc = fromMs(midnight.getTime() + moment.time - moment.offset * 60_000);
  return `${showDate(utc)}T${showClock(utc.time ?? 0)}Z`;
}

function showClock(time: number): string {
  const seconds = Math.floor(time / 1000);
  const ms = time % 1000;
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`;
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}${fraction}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
