/** Regular expressions of jobs: RE2 (re2js), so that no page can make one run away. */
import { RE2JS } from 're2js';

export interface Regex {
  readonly test: (text: string) => boolean;
  /** Group 1 of the first match, or the whole match when the expression has no group; null without a match. */
  readonly first: (text: string) => string | null;
  /** The same of every match. */
  readonly all: (text: string) => string[];
  /** Every match replaced; `$1`, `$<name>` and `$&` (the match) stand for groups. */
  readonly replace: (text: string, by: string) => string;
  readonly groups: number;
  readonly group: (text: string, index: number) => string | null;
}

/** @throws Error when RE2 does not take the expression */
export function compileRegex(expression: string): Regex {
  // the translation takes (?<name>…), which RE2 spells (?P<name>…)
  const regex = RE2JS.compile(RE2JS.translateRegExp(expression));
  const groups = regex.groupCount();
  const wanted = groups > 0 ? 1 : 0;
  const group = (text: string, index: number): string | null => {
    const matcher = regex.matcher(text);
    return matcher.find() ? (matcher.group(index) ?? null) : null;
  };
  return {
    test: (text) => regex.test(text),
    first: (text) => group(text, wanted),
    all: (text) => {
      const found: string[] = [];
      const matcher = regex.matcher(text);
      while (matcher.find()) {
        const value = matcher.group(wanted);
        if (value !== null) found.push(value);
      }
      return found;
    },
    replace: (text, by) => regex.matcher(text).replaceAll(by),
    groups,
    group,
  };
}

/** What is wrong with an expression; undefined when nothing is. */
export function regexFault(expression: string): string | undefined {
  try {
    compileRegex(expression);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return /\(\?[=!]|\(\?<[=!]/.test(expression)
      ? `${message} (RE2 has no look-ahead and no look-behind)`
      : /\\[1-9]/.test(expression)
        ? `${message} (RE2 has no back-references)`
        : message;
  }
}
