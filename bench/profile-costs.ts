import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Time of one process by place in the sources, µs. */
export interface Profile {
  readonly isExecutor: boolean;
  readonly places: readonly Place[];
}

export interface Cost {
  readonly name: string;
  readonly us: number;
}

export interface Costs {
  readonly busyUs: number;
  readonly idleUs: number;
  /** By layer of ours, package or part of the runtime; by file; by function. Dearest first. */
  readonly groups: readonly Cost[];
  readonly files: readonly Cost[];
  readonly functions: readonly Cost[];
}

interface Place {
  readonly group: string;
  readonly file: string;
  readonly name: string;
  readonly us: number;
}

/** What is used of V8's format. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const IDLE = '(idle)';
const WASM = 'wasm';
const NOBODY = { functionName: '', url: '', lineNumber: -1, columnNumber: -1 };

/** Reads a `.cpuprofile`; functions of bundles are told by the maps that lie beside them. */
export function readProfile(file: string): Profile {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const self = new Map<number, number>();
  for (const [i, id] of samples.entries()) self.set(id, (self.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const callers = new Map(nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id])));
  const placeIn = (id: number): Omit<Place, 'us'> => {
    const frame = frames.get(id);
    if (frame === undefined) return same('(root)');
    const place = placeOf(frame);
    // WebAssembly has no names: what the extraction runs is the kernel, all other is undici's parser
    if (place.group !== WASM) return place;
    let by = '';
    for (
      let caller = callers.get(id);
      caller !== undefined && !/^(?:src|undici)/.test(by);
      caller = callers.get(caller)
    )
      by = placeOf(frames.get(caller) ?? NOBODY).group;
    return by === 'src/extract'
      ? { ...place, group: 'kernel', file: 'kernel' }
      : { ...place, group: 'undici', file: 'undici/llhttp.wasm' };
  };
  return {
    isExecutor: nodes.some(({ callFrame }) => callFrame.url.endsWith('/executor.cjs')),
    places: nodes.map(({ id }) => ({ ...placeIn(id), us: self.get(id) ?? 0 })),
  };
}

/** Sums over processes. */
export function costsOf(profiles: readonly Profile[]): Costs {
  const places = profiles.flatMap((profile) => profile.places);
  const busy = places.filter(({ group }) => group !== IDLE);
  const sum = (some: readonly Place[]): number => some.reduce((total, { us }) => total + us, 0);
  return {
    busyUs: sum(busy),
    idleUs: sum(places) - sum(busy),
    groups: by(busy, ({ group }) => group),
    files: by(busy, ({ file }) => file),
    functions: by(busy, ({ name, file }) => (name === file ? name : `${name}  ${file}`)),
  };
}

function by(places: readonly Place[], nameOf: (place: Place) => string): Cost[] {
  const sums = new Map<string, number>();
  for (const place of places) sums.set(nameOf(place), (sums.get(nameOf(place)) ?? 0) + place.us);
  return [...sums].map(([name, us]) => ({ name, us })).sort((a, b) => b.us - a.us);
}

function placeOf({
  functionName,
  url,
  lineNumber,
  columnNumber,
}: CpuProfile['nodes'][number]['callFrame']): Omit<Place, 'us'> {
  const name = functionName || '(anonymous)';
  if (RUNTIME.has(name)) return same(name);
  if (url === '') return { group: 'natives', file: 'natives', name };
  if (url.startsWith('node:')) return { group: 'node internals', file: url, name };
  if (url.startsWith('wasm:')) return { group: WASM, file: WASM, name };
  const bundle = url.startsWith('file:') ? fileURLToPath(url) : url;
  if (!isAbsolute(bundle)) return same(url);
  const source = sourceOf(bundle, lineNumber, columnNumber);
  const [, inPackage, inPackageFile] = PACKAGE.exec(source) ?? [];
  if (inPackage !== undefined) return { group: inPackage, file: `${inPackage}/${inPackageFile ?? ''}`, name };
  const [file, layer] = /src\/([^/]+)\/.*$/.exec(source) ?? [];
  if (file !== undefined) return { group: `src/${layer ?? ''}`, file, name };
  return { group: 'start of the bundle', file: basename(source), name };
}

/** `(program)` is what runs neither our code nor V8's: system calls, native parts of Node. */
const RUNTIME: ReadonlySet<string> = new Set([IDLE, '(program)', '(garbage collector)', '(root)']);
/** Where packages' own maps name their sources, these win. */
const PACKAGE = /(?:node_modules|githubusercontent\.com\/[^/]+)\/((?:@[^/]+\/)?[^/]+)\/(.*)$/;

function same(name: string): Omit<Place, 'us'> {
  return { group: name, file: name, name };
}

const maps = new Map<string, SourceMap | undefined>();

/** The source file of a place in a bundle; the bundle itself when there is no map. */
function sourceOf(bundle: string, line: number, column: number): string {
  if (!maps.has(bundle)) {
    const file = `${bundle}.map`;
    maps.set(
      bundle,
      existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload) : undefined,
    );
  }
  const entry = maps.get(bundle)?.findEntry(line, column);
  return entry && 'originalSource' in entry ? entry.originalSource : bundle;
}
