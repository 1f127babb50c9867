import { fingerprint } from '../../lib/fingerprint.ts';
import { plainBase, type PlainBase } from '../../lib/url-plain.ts';
import { linkJoiner } from '../../lib/url.ts';
import type { FoundLink, LinkFinder } from '../dom/document.ts';
import { FINDING } from './kernel.ts';
import type { Reader } from './reader.ts';
import type { Source } from './source.ts';

/** Bytes of a URL that the kernel found: where it stands, its length, its fingerprint. */
const FOUND_SIZE = 16;
const WORD = 4;
/** Between the base and the first URL, and behind the last one. */
const PADDING = 16;
/** A slot that no hit has. */
const NO_SLOT = 0x7fff_ffff;

/**
 * Links found by the kernel, which makes most addresses absolute and knows their fingerprints without a string of them. So links
 * that are known cost next to nothing.
 */
export function linkFinder(reader: Reader, source: Source): LinkFinder {
  return ({ slots, attribute }, base, known) => {
    const plain = plainBase(base);
    const name = reader.tables.attributeNumbers.get(attribute);
    const [slot = NO_SLOT, other = NO_SLOT, ...more] = slots;
    if (plain === undefined || plain.query < 0 || name === undefined || more.length > 0) return undefined;
    const join = linkJoiner(base);
    const words = new Uint32Array(2);
    const links: FoundLink[] = [];
    const first = begin(reader, plain) / WORD;
    const { kernel, words: memory, bytes } = reader;
    for (let done = 0; ;) {
      const asked = kernel.findLinks(slot, other, name);
      const count = memory[FINDING.foundLinks] ?? 0;
      for (; done < count; done++) {
        const at = first + (done * FOUND_SIZE) / WORD;
        const high = (memory[at + 2] ?? 0) >>> 0;
        const low = (memory[at + 3] ?? 0) >>> 0;
        if (known?.(high, low) === true) continue;
        const from = memory[at] ?? 0;
        links.push({ url: bytes.toString('latin1', from, from + (memory[at + 1] ?? 0)), high, low });
      }
      if (asked < 0) return links;
      const address = source.attribute(asked, attribute);
      const url = address === null ? undefined : join(address);
      if (url === undefined) continue;
      fingerprint(url, 0, words, 0);
      const [high = 0, low = 0] = words;
      if (kernel.add(high, low) !== 0 && known?.(high, low) !== true) links.push({ url, high, low });
    }
  };
}

/** @returns the address of the first URL that will be found */
function begin(reader: Reader, { base, path, folder, query, end }: PlainBase): number {
  const most = reader.hitCount + 1;
  const slots = 1 << (32 - Math.clz32(most * 2));
  const urls = (most + 1) * (base.length + 1) + 2 * (reader.text?.bytes.length ?? 0);
  const found = reader.reserve(base.length + PADDING + most * FOUND_SIZE + slots * 2 * WORD + urls);
  const { kernel, bytes } = reader;
  const table = found + most * FOUND_SIZE;
  bytes.fill(0, table, table + slots * 2 * WORD);
  const written = table + slots * 2 * WORD;
  bytes.write(base, written, 'latin1');
  kernel.setBase(written, path, folder.length, query, end);
  kernel.beginLinks(found, table, slots - 1, written + base.length + PADDING);
  return found;
}
