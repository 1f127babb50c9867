/** A page read forward, by the kernel, with elements made only where somebody asks for them. The result is what the tree would be. */
import { parseFast, type Dom, type Parse, type Until } from '../dom/document.ts';
import type { Sorter } from '../dom/registry.ts';
import { Enough } from './enough.ts';
import { linkFinder } from './links.ts';
import { Reader } from './reader.ts';
import { ScannedSlots } from './scanned-slots.ts';
import { Source } from './source.ts';

/**
 * A parser for a plan whose selectors are all scannable. A page's elements may be asked until it parses the next one.
 *
 * @param firstRoom see `Reader`
 */
export function scanFor(sorter: Sorter, firstRoom?: number): Parse {
  const reader = new Reader(sorter.tests, firstRoom);
  return (text, until) => {
    reader.open(text);
    const source = new Source(text, reader);
    const slots = new ScannedSlots(reader, source, sorter.tests);
    const dom = { root: source.root, slots: slots.slots, links: linkFinder(reader, source) };
    return read(reader, slots, dom, until) ? dom : parseFast(sorter)(text);
  };
}

/** @returns false when the page is to be made a tree */
function read(reader: Reader, slots: ScannedSlots, dom: Dom, until: Until | undefined): boolean {
  const enough = until && new Enough(until, dom, reader);
  for (;;) {
    const came = reader.read(enough?.hits ?? -1, enough?.element ?? -1);
    if (came === undefined) return false;
    slots.sort();
    if (came === 'done') return true;
    if (enough?.reached() === true) {
      reader.stop();
      return true;
    }
  }
}
