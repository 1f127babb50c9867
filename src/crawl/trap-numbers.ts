import type { TrapSettings } from './traps.ts';

/**
 * Numbers in URLs that can be counted on without end: pages of lists, dates of calendars. What a rule says of a URL is asked only where one of its
 * numbers is suspect by itself.
 */
export interface NumberTraps {
  /** @param alone the number follows a slash or an equals sign */
  isHigh(number: number, alone: boolean): boolean;
  isOddYear(number: number, digits: number, alone: boolean): boolean;
  /** The rule, as in `Traps`. @param tail path and query of a URL */
  counterTrap(tail: string): string | undefined;
  dateTrap(tail: string): string | undefined;
}

const OFFSETS = 100;

/** A date that is hardly anything else: two digits for month and day. */
const DATE =
  /(?<![\d.])((?:19|20|21)\d\d)(?:\/(?:0[1-9]|1[0-2])(?![\d.])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))/g;
/** What is a date where a calendar is spoken of: `2031/5`, `2031-05`, `20310501`. */
const CALENDAR_DATE =
  /(?<![\d.])((?:19|20|21)\d\d)(?:[/-](?:0?[1-9]|1[0-2])(?!\d)|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?(?!\d))/g;
const YEAR = /[?&](?:[a-z_-]*_)?year=(\d{4})(?=&|$)/gi;
const CALENDAR =
  /[/?&=_.-](?:cal|calendars?|calendario|calendrier|kalender|agenda|events?|month|week|day|date)(?=[/?&=_.-]|$)/i;
const COUNTER = /[/?&](?:page|paged|pagenum|pageno|page_num|page_no|pg)[=/](\d+)(?![\d.])(?=[/?&]|$)/gi;
/** Whether it is worth asking either: nearly all URLs with a high number are done with then. */
const COUNTED = /[/?&](?:p(?:age|g)|offset|start|skip)[a-z_]*[=/]\d/i;
const OFFSET = /[?&](?:offset|start|skip)=(\d+)(?=&|$)/gi;

export function compileNumberTraps(
  { counter, yearsAhead, yearsBack }: Pick<TrapSettings, 'counter' | 'yearsAhead' | 'yearsBack'>,
  now: number,
): NumberTraps {
  const year = new Date(now).getUTCFullYear();
  const past = (found: number): boolean => found > year + yearsAhead;
  const before = (found: number): boolean => found < year - yearsBack;
  return {
    isHigh: (number, alone) => alone && number > counter,
    isOddYear(number, digits, alone) {
      if (digits !== 4 && digits !== 6 && digits !== 8) return false;
      const found = digits === 4 ? number : Math.floor(number / (digits === 6 ? 100 : 10_000));
      // Years that nobody lives to see are only meant where `year=` says so.
      return (past(found) || before(found)) && (alone || (found >= 1900 && found < 2200));
    },
    counterTrap(tail) {
      if (!COUNTED.test(tail)) return undefined;
      const high =
        numbers(COUNTER, tail).some((n) => n > counter) || numbers(OFFSET, tail).some((n) => n > OFFSETS * counter);
      return high ? `counter ${counter}` : undefined;
    },
    dateTrap(tail) {
      const years = [...numbers(DATE, tail), ...numbers(YEAR, tail)];
      if (years.some(past)) return `years_ahead ${yearsAhead}`;
      if (!CALENDAR.test(tail)) return undefined;
      years.push(...numbers(CALENDAR_DATE, tail));
      if (years.some(past)) return `years_ahead ${yearsAhead}`;
      return years.some(before) ? `years_back ${yearsBack}` : undefined;
    },
  };
}

function numbers(pattern: RegExp, text: string): number[] {
  // Most have none: a search costs a third of what the matches do.
  return text.search(pattern) < 0 ? [] : Array.from(text.matchAll(pattern), ([, digits]) => Number(digits));
}
