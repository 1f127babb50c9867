/** Selectors as written: checked by compiling them. */
import { messageOf } from '../../lib/errors.ts';
import { Registry } from '../dom/registry.ts';
import { compileSelector } from '../dom/selector.ts';
import { GrammarError, parseField, parseSelection } from '../grammar.ts';
import { fault, texts, warning, type At } from './at.ts';

/** A selector alone, without reading and pipes; undefined after a fault. */
export function normalizeSelector(written: unknown, at: At): string | undefined {
  if (typeof written !== 'string') return undefined;
  try {
    const { css, read, pipes } = parseField(written);
    if (read !== undefined || pipes.length > 0) {
      fault(at, `"${written.trim()}" reads a value; here only a selector can stand`, `write ${css.text}`);
      return undefined;
    }
    return checkSelector(css.text, css.offset, at) ? css.text : undefined;
  } catch (error) {
    tellGrammar(error, at);
    return undefined;
  }
}

/** Selectors of a text or a list. */
export function normalizeSelectors(written: unknown, at: At): string[] {
  return texts(written, at).flatMap((item) => normalizeSelector(item.text, item.at) ?? []);
}

/** `CSS[::reading]` of a follow rule, as it is; undefined after a fault. */
export function normalizeSelection(written: string, at: At): string | undefined {
  try {
    const { css } = parseSelection(written);
    return checkSelector(css.text, css.offset, at) ? written.trim() : undefined;
  } catch (error) {
    tellGrammar(error, at);
    return undefined;
  }
}

/** Tells what is wrong with a selector that begins at `offset` of the scalar. An empty one is the context itself. */
export function checkSelector(css: string, offset: number, at: At): boolean {
  const span = [offset, css.length] as const;
  try {
    compileSelector(css, new Registry());
  } catch (error) {
    // css-what quotes what is left of the text, which may be nothing
    const message = messageOf(error)
      .replace(/found $/, 'found the end')
      .replace(/\.$/, '');
    fault(at, `bad selector "${css}": ${message}`, mendFor(css), span);
    return false;
  }
  // css-select knows :text, an <input type=text>; hardly anyone who writes a job means that.
  const single = /(?<!:):(?:text)\s*$/.exec(css);
  if (single !== null) {
    warning(at, '":text" matches text inputs', 'for the text of an element write ::text', [offset + single.index, 5]);
  }
  return true;
}

/** Tells a fault of the grammar; rethrows anything else. */
export function tellGrammar(error: unknown, at: At): void {
  if (!(error instanceof GrammarError)) throw error;
  fault(at, error.message, error.mend, error.span);
}

function mendFor(css: string): string | undefined {
  if (/:(?:first|eq|lt|gt|last|nth|even|odd)(?![\w-])/.test(css)) {
    return 'the first match is taken anyway; others with :nth-of-type(n) or [selector] | slice:n';
  }
  if (/(?<!:):(?:attr|html|name|count)\b/.test(css)) return 'a reading begins with two colons: ::attr(href)';
  if (/^\/|\/\//.test(css)) return 'this looks like XPath; write a CSS selector';
  return css.includes('@') ? 'attributes are read with ::attr(name)' : undefined;
}
