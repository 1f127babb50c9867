/** Numbers as people write them. */

/**
 * Which of `.` and `,` parts the fraction, when a text has only one of them, once, before exactly three digits:
 * `1.234` is 1.234 for `point`, 1234 for `group`. `1,234` is 1234 for both: as a decimal it is rarer than as a thousand.
 */
type LoneDot = 'point' | 'group';

/** A number found in a text, with what follows it. */
interface Found {
  readonly value: number;
  readonly rest: string;
}

// Digits with group and decimal marks between them. NBSP, narrow NBSP, thin space, blank, apostrophes and _ group by three.
const NUMBER =
  /(?:^|[^\d.,])([-+\u2212]?)\s?[^\d\s.,+\-\u2212A-Za-z]{0,3}\s?((?:\d{1,3}(?:[ \u00a0\u2009\u202f'’_]\d{3})+(?!\d)|\d+(?:[.,]\d+)*|[.,]\d+)(?:[.,]\d+)?)/u;

/**
 * The first number of a text. With both marks, the last one parts the fraction (`1.234,56`, `1,234.56`); a mark that is there
 * more than once groups; for one mark, once, see `LoneDot`. @returns null when there is none
 */
function find(text: string, lone: LoneDot, decimal?: string): Found | null {
  const match = NUMBER.exec(text);
  const digits = match?.[2];
  if (match === null || digits === undefined) return null;
  const plain = normalize(digits.replace(/[ \u00a0\u2009\u202f'’_]/g, ''), lone, decimal);
  const value = plain === null ? NaN : Number(plain);
  if (!Number.isFinite(value)) return null;
  const negative = match[1] === '-' || match[1] === '\u2212';
  return { value: negative && value !== 0 ? -value : value, rest: text.slice(match.index + match[0].length) };
}

/** Digits with `.` and `,` to digits with at most one `.`; null when the marks contradict each other. */
function normalize(digits: string, lone: LoneDot, decimal?: string): string | null {
  const mark = decimal ?? decimalMark(digits, lone);
  const [whole = '', fraction, more] = mark === '' ? [digits] : digits.split(mark);
  if (more !== undefined || (fraction !== undefined && /[.,]/.test(fraction))) return null;
  // groups of three, or of two before the last as in India
  if (/[.,]/.test(whole) && !/^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(whole)) return null;
  return `${whole.replace(/[.,]/g, '') || '0'}${fraction === undefined ? '' : `.${fraction}`}`;
}

function decimalMark(digits: string, lone: LoneDot): '' | '.' | ',' {
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
  const at = Math.max(dot, comma);
  if (at < 0) return '';
  const mark = dot >= 0 ? '.' : ',';
  if (digits.indexOf(mark) !== at) return '';
  // 1,234 but not 0,234 and not 1234,567
  const groups = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  return groups && (mark === ',' || lone === 'group') ? '' : mark;
}

/** The first number of a text; `decimal` says which mark parts the fraction. `1e6` and `2.5E-3` are read too. */
export function readNumber(text: string, decimal?: string): number | null {
  const found = find(text, 'point', decimal);
  if (found === null) return null;
  const exponent = /^[eE]([-+]?\d{1,3})(?![\w.])/.exec(found.rest)?.[1];
  if (exponent === undefined) return found.value;
  const value = Number(`${found.value}e${exponent}`);
  return Number.isFinite(value) ? value : null;
}

/** A whole text that is one number, and nothing else. */
export function readWholeNumber(text: string): number | null {
  if (!/^\s*[-+\u2212]?[.,]?\d/u.test(text)) return null;
  const rest = find(text, 'point')?.rest;
  return rest !== undefined && /^(?:[eE][-+]?\d{1,3})?\s*$/.test(rest) ? readNumber(text) : null;
}

/** An amount of money without its currency. `1.234 €` is 1234: prices have two decimals at most. */
export function readPrice(text: string, decimal?: string): number | null {
  return find(text, 'group', decimal)?.value ?? null;
}

/** How many: `1.2M` is 1200000, `3k` 3000, `1,234 pins` 1234, `12 Boards` 12. Rounded to a whole number. */
export function readCount(text: string): number | null {
  const lone = find(text, 'group');
  if (lone === null) return null;
  const factor = factorOf(lone.rest);
  const value = factor === 1 ? lone.value : (find(text, 'point')?.value ?? lone.value) * factor;
  // A small negative number rounds to -0, which JSON does not know.
  const count = Math.round(value) + 0;
  return Number.isSafeInteger(count) ? count : null;
}

function factorOf(rest: string): number {
  const word = /^\s?(\p{L}+)/u.exec(rest)?.[1];
  return (word === undefined ? undefined : FACTORS.get(word.toLowerCase())) ?? 1;
}

// Whole words only: the B of "12 Boards" is no billion.
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['thousand', 1e3],
  ['tsd', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['mio', 1e6],
  ['mil', 1e6],
  ['million', 1e6],
  ['millions', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['mrd', 1e9],
  ['billion', 1e9],
  ['billions', 1e9],
  ['t', 1e12],
  ['tn', 1e12],
  ['trillion', 1e12],
]);
