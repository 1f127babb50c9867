type Map = Readonly<Record<string, unknown>>;

/**
 * Spells out the short forms whose long form has defaults of its own: `retries: 3` is `{ times: 3 }`, `container: node:20` is
 * `{ image: node:20 }`. Takes any data.
 */
export function longForms(data: unknown): unknown {
  if (!isMap(data)) return data;
  return {
    ...data,
    ...retriesOf(data['fetch']),
    ...containersOf(data['executors']),
    ...trapsOf(data['frontier']),
  };
}

function retriesOf(fetch: unknown): Map {
  if (!isMap(fetch) || typeof fetch['retries'] !== 'number') return {};
  return { fetch: { ...fetch, retries: { times: fetch['retries'] } } };
}

function trapsOf(frontier: unknown): Map {
  return isMap(frontier) && frontier['traps'] === true ? { frontier: { ...frontier, traps: {} } } : {};
}

function containersOf(executors: unknown): Map {
  if (!isMap(executors)) return {};
  const long = (one: unknown): unknown =>
    isMap(one) && typeof one['container'] === 'string' ? { ...one, container: { image: one['container'] } } : one;
  return { executors: Object.fromEntries(Object.entries(executors).map(([name, one]) => [name, long(one)])) };
}

function isMap(data: unknown): data is Map {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
