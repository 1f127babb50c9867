/** Dates by a format that the job gives: `DD/MM/YYYY`, `D. MMM YY HH:mm`. */
import { isDay, monthOf, type Moment } from './dates.ts';

interface Token {
  readonly pattern: string;
  readonly set: (text: string, into: Parts) => void;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  half: string;
  timed: boolean;
}

const TOKENS: Readonly<Record<string, Token>> = {
  YYYY: { pattern: '(\\d{4})', set: (text, into) => (into.year = Number(text)) },
  // POSIX: 69 to 99 are of the last century
  YY: { pattern: '(\\d{2})', set: (text, into) => (into.year = Number(text) + (Number(text) < 69 ? 2000 : 1900)) },
  MMMM: { pattern: '([A-Za-z]{3,9})', set: (text, into) => (into.month = monthOf(text)) },
  MMM: { pattern: '([A-Za-z]{3,4})\\.?', set: (text, into) => (into.month = monthOf(text)) },
  MM: { pattern: '(\\d{2})', set: (text, into) => (into.month = Number(text)) },
  M: { pattern: '(\\d{1,2})', set: (text, into) => (into.month = Number(text)) },
  DD: { pattern: '(\\d{2})', set: (text, into) => (into.day = Number(text)) },
  D: { pattern: '(\\d{1,2})(?:st|nd|rd|th)?', set: (text, into) => (into.day = Number(text)) },
  HH: { pattern: '(\\d{2})', set: (text, into) => setHour(text, into) },
  H: { pattern: '(\\d{1,2})', set: (text, into) => setHour(text, into) },
  mm: { pattern: '(\\d{2})', set: (text, into) => (into.minute = Number(text)) },
  ss: { pattern: '(\\d{2})', set: (text, into) => (into.second = Number(text)) },
  A: { pattern: '([AaPp]\\.?[Mm]\\.?)', set: (text, into) => (into.half = text.toLowerCase().charAt(0)) },
};

function setHour(text: string, into: Parts): void {
  into.hour = Number(text);
  into.timed = true;
}

/**
 * @returns a reader of dates in this format; the text may go on after it
 * @throws Error when the format does not say year, month and day, or has an unknown letter
 */
export function compileFormat(format: string): (text: string) => Moment | null {
  const tokens: Token[] = [];
  let pattern = '^\\s*';
  let rest = format.trim();
  const named = new Set<string>();
  while (rest !== '') {
    const name = /^(?:YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|mm|ss|A)/.exec(rest)?.[0];
    const token = name === undefined ? undefined : TOKENS[name];
    if (name !== undefined && token !== undefined) {
      tokens.push(token);
      named.add(name.charAt(0));
      pattern += token.pattern;
      rest = rest.slice(name.length);
      continue;
    }
    const literal = rest.charAt(0);
    if (/[A-Za-z]/.test(literal) && literal !== 'T') {
      throw new Error(`unknown letter "${literal}" in the date format`);
    }
    pattern += /\s/.test(literal) ? '\\s+' : literal.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    rest = /\s/.test(literal) ? rest.trimStart() : rest.slice(1);
  }
  if (!named.has('Y') || !named.has('M') || !named.has('D')) throw new Error('a date format needs year, month and day');
  const regex = new RegExp(pattern);
  return (text) => {
    const match = regex.exec(text);
    return match === null ? null : assemble(tokens, match);
  };
}

function assemble(tokens: readonly Token[], match: RegExpExecArray): Moment | null {
  const parts: Parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, half: '', timed: false };
  tokens.forEach((token, i) => {
    token.set(match[i + 1] ?? '', parts);
  });
  const { year, month, day, minute, second, half } = parts;
  if (half !== '' && (parts.hour < 1 || parts.hour > 12)) return null;
  const hour = half === '' ? parts.hour : (parts.hour % 12) + (half === 'p' ? 12 : 0);
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return null;
  return parts.timed ? { year, month, day, time: ((hour * 60 + minute) * 60 + second) * 1000 } : { year, month, day };
}
