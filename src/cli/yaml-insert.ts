import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isPair, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';

const STYLE = { lineWidth: 0, singleQuote: true } as const;

/**
 * The text of a YAML file with one entry more at the end of the list under a top-level key, which is made when it is not
 * there. Not a byte of the rest changes where the list is written in lines of its own (`- ` each), is empty or is missing; a
 * list in brackets makes the document be written anew, with its comments.
 */
export function withEntry(text: string, key: string, entry: unknown): string {
  const doc = parseDocument(text);
  const wanted = withAdded(doc, key, entry);
  const spliced = splice(text, doc, key, entry);
  // Whatever odd layout the file has: only a text that reads as it should is handed out.
  if (spliced !== undefined && isDeepStrictEqual(parseDocument(spliced).toJS(), wanted)) return spliced;
  const list: unknown = doc.get(key);
  if (isSeq(list)) {
    list.flow = false;
    list.add(doc.createNode(entry));
  } else doc.set(key, doc.createNode([entry]));
  return doc.toString(STYLE);
}

function withAdded(doc: Document, key: string, entry: unknown): unknown {
  const whole = doc.toJS() as Readonly<Record<string, unknown>> | null;
  const list = whole?.[key];
  return { ...whole, [key]: [...(Array.isArray(list) ? (list as readonly unknown[]) : []), entry] };
}

function splice(text: string, doc: Document, key: string, entry: unknown): string | undefined {
  if (!isMap(doc.contents) || doc.contents.flow) return undefined;
  const written = doc.contents.items.some((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === key);
  if (!written) return `${endLine(text)}\n${key}:\n${indented(entry, 2)}`;
  const list: unknown = doc.get(key, true);
  if (isSeq(list) && !list.flow && list.items.length > 0 && list.range) {
    const at = endOf(list.range[1], text);
    const column = list.range[0] - (text.lastIndexOf('\n', list.range[0] - 1) + 1);
    return `${endLine(text.slice(0, at))}${indented(entry, column)}${text.slice(at)}`;
  }
  const empty = isSeq(list) ? list.items.length === 0 : isScalar(list) && list.value === null;
  if (!empty || !isNode(list) || !list.range) return undefined;
  // `key: [] # comment` or `key: # comment`: the entry goes below, where the value was.
  const [start, end] = list.range;
  const at = endOf(end, text);
  const line = `${text.slice(0, start).trimEnd()}${text.slice(end, at).replace(/^(?=#)/, ' ')}`;
  return `${endLine(line)}${indented(entry, 2)}${text.slice(at)}`;
}

/** Behind the line in which a value ends, with the comment on that line. */
function endOf(end: number, text: string): number {
  if (text[end - 1] === '\n') return end;
  const newline = text.indexOf('\n', end);
  return newline < 0 ? text.length : newline + 1;
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function indented(entry: unknown, columns: number): string {
  const indent = ' '.repeat(columns);
  return stringify([entry], STYLE).replaceAll(/^(?=.)/gm, indent);
}
