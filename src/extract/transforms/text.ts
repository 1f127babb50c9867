/** Transforms from text to text. */
import { fingerprint } from '../../lib/fingerprint.ts';
import { compileRegex } from '../regex.ts';
import { collapse } from '../dom/text.ts';
import { integerArg, isList, onText, textArg, type Transform } from './transform.ts';

const TEXT = { takes: 'text', gives: 'text' } as const;

export const TEXT_TRANSFORMS: readonly Transform[] = [
  {
    ...TEXT,
    name: 'replace',
    args: [
      { name: 'from', kind: 'text' },
      { name: 'to', kind: 'text' },
    ],
    doc: 'Replaces every occurrence of a text by another.',
    example: { call: 'replace:" - ", ": "', from: 'a - b - c', to: 'a: b: c' },
    compile: (args) => {
      const from = textArg(args, 0);
      const to = textArg(args, 1);
      if (from === '') throw new Error('the text to replace is empty');
      return onText((text) => text.replaceAll(from, () => to));
    },
  },
  {
    ...TEXT,
    name: 're_replace',
    args: [
      { name: 'regex', kind: 'regex' },
      { name: 'to', kind: 'text' },
    ],
    doc: 'Replaces every match of a regular expression (RE2); `$1`, `$<name>` and `$&` stand for groups and the match.',
    example: { call: 're_replace:"(\\d+)\\s*px", "$1"', from: '12 px by 30px', to: '12 by 30' },
    compile: (args) => {
      const { replace } = compileRegex(textArg(args, 0));
      const to = textArg(args, 1);
      return onText((text) => replace(text, to));
    },
  },
  {
    ...TEXT,
    name: 'append',
    args: [{ name: 'text', kind: 'text' }],
    doc: 'Puts a text after it.',
    example: { call: 'append:" km"', from: '42', to: '42 km' },
    compile: (args) => {
      const suffix = textArg(args, 0);
      return onText((text) => text + suffix);
    },
  },
  {
    ...TEXT,
    name: 'prepend',
    args: [{ name: 'text', kind: 'text' }],
    doc: 'Puts a text before it.',
    example: { call: 'prepend:"#"', from: 'news', to: '#news' },
    compile: (args) => {
      const prefix = textArg(args, 0);
      return onText((text) => prefix + text);
    },
  },
  {
    ...TEXT,
    name: 'regex',
    args: [
      { name: 'regex', kind: 'regex' },
      { name: 'group', kind: 'integer', optional: true },
    ],
    doc: 'The first match of a regular expression (RE2): the given group, else group 1, else the whole match; null without a match.',
    example: { call: 'regex:"/p/(\\d+)"', from: '/shop/p/1234/', to: '1234' },
    compile: (args) => {
      const regex = compileRegex(textArg(args, 0));
      const index = integerArg(args, 1);
      if (index === undefined) return onText((text) => regex.first(text));
      if (index < 0 || index > regex.groups) throw new Error(`the expression has no group ${index}`);
      return onText((text) => regex.group(text, index));
    },
  },
  {
    ...TEXT,
    name: 'trim',
    args: [{ name: 'characters', kind: 'text', optional: true }],
    doc: 'Takes white space, or the given characters, off both ends.',
    example: { call: 'trim:"«» "', from: '« quoted »', to: 'quoted' },
    compile: (args) => {
      const characters = new Set(textArg(args, 0));
      return onText((text) => (characters.size === 0 ? text.trim() : trimOf(text, characters)));
    },
  },
  {
    ...TEXT,
    name: 'collapse',
    args: [],
    doc: 'Makes every run of white space one blank, and trims.',
    example: { call: 'collapse', from: ' a \n  b\tc ', to: 'a b c' },
    compile: () => onText(collapse),
  },
  {
    ...TEXT,
    name: 'lower',
    args: [],
    doc: 'Lower case, by Unicode.',
    example: { call: 'lower', from: 'ÉTÉ 2024', to: 'été 2024' },
    compile: () => onText((text) => text.toLowerCase()),
  },
  {
    ...TEXT,
    name: 'upper',
    args: [],
    doc: 'Upper case, by Unicode.',
    example: { call: 'upper', from: 'eur', to: 'EUR' },
    compile: () => onText((text) => text.toUpperCase()),
  },
  {
    name: 'slice',
    args: [
      { name: 'start', kind: 'integer' },
      { name: 'end', kind: 'integer', optional: true },
    ],
    wholeLists: true,
    takes: 'text or list',
    gives: 'text or list',
    doc: 'Characters, or items of a list, from start (0 is the first) to before end; negative numbers count from the end.',
    example: { call: 'slice:1', from: 'h2', to: '2' },
    compile: (args) => {
      const start = integerArg(args, 0);
      const end = integerArg(args, 1);
      // by code points, so that no surrogate pair is cut
      const cut = onText((text) => Array.from(text).slice(start, end).join(''));
      return (value, context) => (isList(value) ? value.slice(start, end) : cut(value, context));
    },
  },
  {
    name: 'length',
    args: [],
    wholeLists: true,
    takes: 'text or list',
    gives: 'integer',
    doc: 'How many characters a text has, or items a list.',
    example: { call: 'length', from: 'häuser', to: 6 },
    compile: () => {
      const measure = onText((text) => Array.from(text).length);
      return (value, context) => (isList(value) ? value.length : measure(value, context));
    },
  },
  {
    name: 'hash',
    args: [],
    takes: 'text',
    gives: 'text',
    doc: 'A stable 64-bit fingerprint as 16 hexadecimal digits; to tell texts apart, not to keep secrets.',
    example: { call: 'hash', from: 'pinspider', to: 'bd4a4758693e1bf9' },
    compile: () => onText(hashOf),
  },
];

/** 64-bit fingerprint as 16 hexadecimal digits. */
export function hashOf(text: string): string {
  const words = new Uint32Array(2);
  fingerprint(text, 0, words, 0);
  return [...words].map((word) => word.toString(16).padStart(8, '0')).join('');
}

function trimOf(text: string, characters: ReadonlySet<string>): string {
  const points = Array.from(text);
  let start = 0;
  let end = points.length;
  while (start < end && characters.has(points[start] ?? '')) start++;
  while (end > start && characters.has(points[end - 1] ?? '')) end--;
  return points.slice(start, end).join('');
}
