import { RE2JS } from 're2js';
import { globTest } from './glob.ts';
import { messageOf, PinspiderError } from './errors.ts';

/**
 * A test of canonical URLs, from a pattern as jobs write it.
 *
 * `/…/` is a regular expression (RE2, no flags: write `(?i)`), searched for in the whole URL. Anything else is a glob that must take
 * the whole of what it is held against: `**` any characters, `*` any but `/`, `{a,b}` either; `?` is itself. A glob with
 * `://` is held against the whole URL, one with `?` against path and query, any other against the path. One that begins
 * neither with `/` nor with `**` may begin at any segment: `*.pdf` takes the files of all folders, `print/**` what is under
 * any folder of that name, `?sort=*` such a query of any path. Letters outside ASCII stand for their percent-encoding.
 *
 * @throws {PinspiderError} CONFIG_INVALID for a bad regular expression or unbalanced braces
 */
export function compilePattern(text: string): (url: string) => boolean {
  if (!isRegex(text)) return globTest(text);
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(text.slice(1, -1));
  } catch (cause) {
    const why = messageOf(cause).replace(/^error parsing regexp: /, '');
    throw new PinspiderError({
      code: 'CONFIG_INVALID',
      what: `bad regular expression ${text}: ${why}`,
      mend: 'patterns between slashes are RE2, without look-around and back-references',
      cause,
    });
  }
  return (url) => regex.test(url);
}

/** What the writer of a pattern probably did not mean, as one sentence; undefined when nothing looks wrong. */
export function patternTrap(text: string): string | undefined {
  if (isRegex(text)) {
    const path = text.slice(1, -1);
    if (!/^[\w.~%-]+(\/[\w.~%-]+)*$/.test(path)) return undefined;
    return `${text} between slashes is a regular expression and finds "${path}" anywhere in a URL; for the path write ${text}** or /${path}`;
  }
  const flags = /^\/.*[\\^$()[\]+|].*\/([a-z]{1,4})$/.exec(text)?.[1];
  if (flags !== undefined) {
    return `${text} is a glob, since it does not end in /; regular expressions take no flags: write /(?${flags})…/`;
  }
  if (text.includes('#')) return `${text} can match nothing: URLs are compared without their fragment`;
  if (/\\|\.\*|^\^|\$$|\[[^\]]+\][+*]|\([^)]*\|[^)]*\)/.test(text)) {
    return `${text} is a glob but looks like a regular expression; write it between slashes`;
  }
  return undefined;
}

function isRegex(text: string): boolean {
  return text.length > 2 && text.startsWith('/') && text.endsWith('/');
}
