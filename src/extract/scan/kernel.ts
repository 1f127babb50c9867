/** The kernel: WebAssembly that reads pages, made of `kernel/` at the top of the project. It is quick from its first page on. */
import { KERNEL } from './kernel.generated.ts';
import type { TablePlace } from './tables.ts';

type Variable = WebAssembly.Global;

/** Where the program says what stands where; addresses, but for the sizes. */
export type MemoryPlace =
  | TablePlace
  | 'page'
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
  | 'foreignMax';

/** What the kernel says of the page after each step: indexes among the words of its memory. */
export const FINDING = {
  count: 4,
  lastOfAll: 5,
  nextHit: 6,
  nextMark: 7,
  nextAttribute: 8,
  place: 9,
  foundLinks: 10,
} as const;

interface Functions {
  readonly memory: WebAssembly.Memory;
  /** @param end behind the page's last byte */
  begin(end: number): void;
  run(pauseAt: number, pauseBehind: number): number;
  stop(): void;
  attributesAt(nameEnd: number): number;
  beginLinks(at: number, table: number, mask: number, text: number): void;
  setBase(at: number, origin: number, folder: number, query: number, end: number): void;
  findLinks(slot: number, other: number, name: number): number;
  /** Words of a fingerprint. @returns 0 when it was there before */
  add(high: number, low: number): number;
}

export type Kernel = Functions & Readonly<Record<MemoryPlace | 'tagEnd', Variable>>;

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
  return exports as Kernel;
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
