/** The readings of an element: its text and its inner HTML. */
import { isComment, isDirective, isTag, isText, type AnyNode, type ParentNode } from 'domhandler';
import { SelfReading, SelfReadingPage } from './self-reading.ts';

type Removed = ReadonlySet<AnyNode> | undefined;

/** White space collapsed to single spaces and trimmed, as JavaScript's `\s` sees it. */
export function collapse(text: string): string {
  return text.replace(UNTIDY, ' ').trim();
}

// Single spaces, of which there are most, stay where they are: each match costs as much as a hundred characters.
const UNTIDY = / \s+|[^\S ]\s*/g;

/**
 * The text that a reader sees: text nodes in order, collapsed. Block elements and `<br>` part words; scripts, styles and
 * templates do not count, unless one of them is read itself.
 */
export function textOf(node: ParentNode, removed: Removed): string {
  if (node instanceof SelfReading || node instanceof SelfReadingPage) {
    const text = node.gatherText(removed);
    if (text !== undefined) return collapse(text);
  }
  const [only] = node.children;
  if (only !== undefined && node.children.length === 1 && isText(only)) return collapse(only.data);
  return collapse(gather(node, removed));
}

/** Text not yet collapsed. */
export function gather(node: ParentNode, removed: Removed): string {
  let text = '';
  // An explicit stack: trees may be deeper than the call stack. A string on it is text to come after a subtree.
  const pending: (AnyNode | string)[] = [...node.children].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') text += next;
    else if (isText(next)) text += next.data;
    else if ('children' in next) {
      if (removed?.has(next) === true) continue;
      const name = isTag(next) ? next.name : '';
      if (UNSEEN.has(name)) continue;
      if (PARTS_WORDS.has(name)) {
        text += ' ';
        pending.push(' ');
      }
      pushChildren(next, pending);
    }
  }
  return text;
}

/** So that the first child is popped first. */
function pushChildren({ children }: ParentNode, pending: (AnyNode | string)[]): void {
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i];
    if (child !== undefined) pending.push(child);
  }
}

/** Elements whose content no reader sees. */
export const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template']);

/** Elements that begin on a line of their own, table cells, and the line break. */
export const PARTS_WORDS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p ' +
    'pre search section summary table tbody td tfoot th thead title tr ul'
  ).split(' '),
);

/** The markup inside, serialized as HTML5 says (13.3), without what was removed. */
export function innerHtml(node: ParentNode, removed: Removed): string {
  let html = '';
  const raw = isTag(node) && RAW_TEXT.has(node.name);
  const pending: (AnyNode | string)[] = [...node.children].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') html += next;
    else if (isText(next)) html += raw || insideRaw(next) ? next.data : escapeText(next.data);
    else if (isComment(next)) html += `<!--${next.data}-->`;
    else if (isDirective(next)) html += `<${next.data}>`;
    else if (removed?.has(next) !== true) {
      if (isTag(next)) {
        html += `<${next.name}${attributes(next.attribs)}>`;
        if (VOID.has(next.name)) continue;
        pending.push(`</${next.name}>`);
      }
      pushChildren(next, pending);
    }
  }
  return html;
}

function insideRaw({ parent }: AnyNode): boolean {
  return parent !== null && isTag(parent) && RAW_TEXT.has(parent.name);
}

function attributes(attribs: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name in attribs) text += ` ${name}="${(attribs[name] ?? '').replace(/[&\u00a0"]/g, escapeOne)}"`;
  return text;
}

function escapeText(text: string): string {
  return text.replace(/[&\u00a0<>]/g, escapeOne);
}

function escapeOne(character: string): string {
  return ESCAPES[character] ?? character;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '\u00a0': '&nbsp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const RAW_TEXT: ReadonlySet<string> = new Set(['style', 'script', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

const VOID: ReadonlySet<string> = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);
