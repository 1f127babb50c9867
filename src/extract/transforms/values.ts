/** Transforms from text to numbers, dates and other values. */
import type { Json } from '../types.ts';
import { readAgo } from './ago.ts';
import { compileFormat } from './date-format.ts';
import { fromMs, readMoment, showDate, showDatetime } from './dates.ts';
import { readCount, readNumber, readPrice } from './numbers.ts';
import { asText, onText, textArg, type Argument, type Transform } from './transform.ts';

const DECIMAL: Argument = { name: 'decimal', kind: 'text', optional: true };

export const VALUE_TRANSFORMS: readonly Transform[] = [
  {
    name: 'number',
    args: [DECIMAL],
    takes: 'text',
    gives: 'number',
    doc: 'The first number of the text. With both `.` and `,` the last one parts the fraction; alone, `1,234` is 1234 and `1.234` is 1.234, unless the decimal mark is given.',
    example: { call: 'number', from: 'about 1.234,56 km', to: 1234.56 },
    compile: (args) => {
      const decimal = decimalMark(args);
      return onText((text) => readNumber(text, decimal));
    },
  },
  {
    name: 'count',
    args: [],
    takes: 'text',
    gives: 'integer',
    doc: 'How many: reads `1.2M`, `3k`, `1,234 pins`, `12 Boards`.',
    example: { call: 'count', from: '1.2M followers', to: 1_200_000 },
    compile: () => onText(readCount),
  },
  {
    name: 'price',
    args: [DECIMAL],
    takes: 'text',
    gives: 'number',
    doc: 'An amount of money without its currency; `1.234 €` and `$1,234` are both 1234.',
    example: { call: 'price', from: '1.234,50 €', to: 1234.5 },
    compile: (args) => {
      const decimal = decimalMark(args);
      return onText((text) => readPrice(text, decimal));
    },
  },
  {
    name: 'boolean',
    args: [],
    takes: 'text',
    gives: 'boolean',
    doc: 'true for true, yes, y, on, 1; false for false, no, n, off, 0; else null.',
    example: { call: 'boolean', from: 'Yes', to: true },
    compile: () => onText(readBoolean),
  },
  {
    name: 'date',
    args: [{ name: 'format', kind: 'text', optional: true }],
    takes: 'text',
    gives: 'date',
    doc: 'A date as YYYY-MM-DD. Without a format: ISO 8601, RFC 2822, `12 March 2024`, `March 12, 2024`, `12.03.2024`, `2024/03/12`, Unix time. Formats are made of YYYY YY MMMM MMM MM M DD D HH H mm ss A.',
    example: { call: 'date:DD/MM/YYYY', from: '03/04/2024', to: '2024-04-03' },
    compile: (args) => {
      const read = args.length === 0 ? readMoment : compileFormat(textArg(args, 0));
      return onText((text) => {
        const moment = read(text);
        return moment === null ? null : showDate(moment);
      });
    },
  },
  {
    name: 'ago',
    args: [],
    takes: 'text',
    gives: 'datetime',
    doc: 'When `3 days ago`, `an hour ago`, `yesterday` was, counted from when the page was fetched; ISO 8601 in UTC.',
    example: { call: 'ago', from: '3 days ago', to: '2024-03-09T08:00:00Z' },
    compile: () =>
      onText((text, { now }) => {
        const ms = readAgo(text, now);
        return ms === null ? null : showDatetime(fromMs(ms));
      }),
  },
  {
    name: 'map',
    args: [{ name: 'from=to', kind: 'pairs' }],
    repeats: true,
    takes: 'text',
    gives: 'any',
    doc: 'Looks the text up; what is not listed stays as it is, unless there is an `else`.',
    example: { call: 'map:new=true, used=false, else=unknown', from: 'refurbished', to: 'unknown' },
    compile: (args) => {
      const entries = new Map(args.flatMap(pairsOf));
      const otherwise = entries.get('else');
      return (value) => {
        const text = asText(value);
        if (text === null) return null;
        return entries.has(text) ? (entries.get(text) ?? null) : (otherwise ?? value);
      };
    },
  },
];

/** `a=b` as one pair, `{a: b}` as its entries. */
function pairsOf(arg: Json): (readonly [string, Json])[] {
  if (typeof arg === 'object' && arg !== null) return Object.entries(arg);
  const text = asText(arg) ?? '';
  const at = text.indexOf('=');
  if (at < 0) throw new Error(`"${text}" has no "="`);
  return [[text.slice(0, at).trim(), text.slice(at + 1).trim()]];
}

export function readBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (['true', 'yes', 'y', 'on', '1'].includes(word)) return true;
  return ['false', 'no', 'n', 'off', '0'].includes(word) ? false : null;
}

function decimalMark(args: readonly Json[]): string | undefined {
  if (args.length === 0) return undefined;
  const mark = textArg(args, 0);
  if (mark !== '.' && mark !== ',') throw new Error('the decimal mark is "." or ","');
  return mark;
}
