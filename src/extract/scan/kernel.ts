/** The kernel: WebAssembly that reads pages, made of `kernel/` at the top of the project. It is quick from its first page on. */
import { KERNEL } from './kernel.generated.ts';
import type { TablePlace } from './tables.ts';

type Variable = WebAssembly.Global;

/** Where the program says what stands where; addresses, but for the sizes. */
export type MemoryPlace =
  | TablePlace
  | 'page'
  | 'pageEnd'
  | 'elements'
  | 'elementsEnd'
  | 'marks'
  | 'marksEnd'
  | 'attributes'
  | 'attributesEnd'
  | 'hits'
  | 'hitsEnd'
  | 'open'
  | 'openMax'
  | 'foreign'
  | 'foreignMax'
  | 'found'
  | 'seen'
  | 'seenMask'
  | 'urls'
  | 'base'
  | 'baseOrigin'
  | 'baseFolder'
  | 'baseQuery'
  | 'baseEnd';

/** What the kernel says of the page so far. */
type Finding = 'count' | 'lastOfAll' | 'nextHit' | 'nextMark' | 'nextAttribute' | 'tagEnd' | 'foundCount';

interface Functions {
  readonly memory: WebAssembly.Memory;
  begin(): void;
  run(pauseAt: number, pauseBehind: number): number;
  end(at: number): void;
  place(): number;
  attributesAt(nameEnd: number): number;
  beginLinks(): void;
  findLinks(slot: number, other: number, name: number): number;
  /** Words of a fingerprint. @returns 0 when it was there before */
  add(high: number, low: number): number;
}

export type Kernel = Functions & Readonly<Record<MemoryPlace | Finding, Variable>>;

/** How `run` came back. */
export const DONE = 0;
export const PAUSED = 1;
export const FULL = 2;

/** Names that no table of the kernel has; places are addresses. */
export interface Host {
  tagNamed(from: number, to: number): number;
  attributeNamed(from: number, to: number): number;
}

export function startKernel(host: Host): Kernel {
  const module = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
  const { exports } = new WebAssembly.Instance(module, {
    host: {
      tagNamed: (from: number, to: number) => host.tagNamed(from, to),
      attributeNamed: (from: number, to: number) => host.attributeNamed(from, to),
    },
  });
  // as `kernel/index.ts` exports it
  return exports as unknown as Kernel;
}

/** Numbers of an element, each four bytes. */
export const ELEMENT = {
  tag: 0,
  nameEnd: 1,
  start: 2,
  end: 3,
  marks: 4,
  marksEnd: 5,
  last: 6,
  before: 7,
  parent: 8,
  lastChild: 9,
  attributes: 10,
  attributesEnd: 11,
  content: 12,
} as const;

export const ELEMENT_WORDS = 13;

/** Numbers of an attribute: where its name begins and ends, the number of that, where its value begins and ends. */
export const ATTRIBUTE = { nameStart: 0, nameEnd: 1, name: 2, valueStart: 3, valueEnd: 4 } as const;

export const ATTRIBUTE_WORDS = 5;
