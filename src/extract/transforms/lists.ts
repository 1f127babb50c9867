/** Transforms that make or take lists. */
import { asText, isList, onText, textArg, type Transform } from './transform.ts';

export const LIST_TRANSFORMS: readonly Transform[] = [
  {
    name: 'split',
    args: [{ name: 'separator', kind: 'text' }],
    takes: 'text',
    gives: 'list',
    doc: 'Cuts a text at each separator; the parts are trimmed and empty ones left out. Of a list, all parts make one list.',
    example: { call: 'split:","', from: 'red, green,, blue', to: ['red', 'green', 'blue'] },
    compile: (args) => {
      const separator = textArg(args, 0);
      if (separator === '') throw new Error('the separator is empty');
      return onText((text) =>
        text
          .split(separator)
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      );
    },
  },
  {
    name: 'join',
    args: [{ name: 'separator', kind: 'text' }],
    wholeLists: true,
    takes: 'list',
    gives: 'text',
    doc: 'Makes one text of a list.',
    example: { call: 'join:" / "', from: ['a', 'b'], to: 'a / b' },
    compile: (args) => {
      const separator = textArg(args, 0);
      return (value) =>
        isList(value)
          ? value
              .map(asText)
              .filter((item) => item !== null)
              .join(separator)
          : asText(value);
    },
  },
  {
    name: 'unique',
    args: [],
    wholeLists: true,
    takes: 'list',
    gives: 'list',
    doc: 'Leaves out items that were there before.',
    example: { call: 'unique', from: ['a', 'b', 'a'], to: ['a', 'b'] },
    compile: () => (value) => {
      if (!isList(value)) return value;
      const seen = new Set<string>();
      return value.filter((item) => {
        const text = JSON.stringify(item);
        return !seen.has(text) && seen.add(text);
      });
    },
  },
];
