/** The members of a record that tell of a change, put into its JSON without reading that. */

const BRACE = 0x7d;
/** A record without members of its own. */
const EMPTY_LENGTH = 2;

/** @param index the record's place among those of its page */
export function withMembers(
  json: Uint8Array,
  members: readonly string[],
  url: string,
  index: number,
  change: 'new' | 'changed',
): Uint8Array {
  if (json.at(-1) !== BRACE) throw new Error('bug: a record is no JSON object');
  const place = {
    ...(members.includes('_url') && { _url: url }),
    ...(members.includes('_index') && { _index: index }),
  };
  const more = JSON.stringify({ ...place, _change: change }).slice(1);
  const head = json.subarray(0, -1);
  return Buffer.concat([head, Buffer.from(json.length > EMPTY_LENGTH ? `,${more}` : more)]);
}

/** What is given out when no page gives a record any more. */
export function goneByKey(json: Uint8Array, key: string): Uint8Array {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString();
  const record = JSON.parse(text) as Readonly<Record<string, unknown>>; // an object: our executor made it
  return Buffer.from(JSON.stringify({ [key]: record[key] ?? null, _change: 'gone' }));
}

export function goneByPlace(url: string, index: number): Uint8Array {
  return Buffer.from(JSON.stringify({ _url: url, _index: index, _change: 'gone' }));
}
