/** Spells out the short forms whose long form has defaults of its own: `retries: 3` is `{ times: 3 }`. Takes any data. */
export function longForms(data: unknown): unknown {
  if (!isMap(data)) return data;
  const { fetch, frontier } = data;
  return {
    ...data,
    ...(isMap(fetch) &&
      typeof fetch['retries'] === 'number' && { fetch: { ...fetch, retries: { times: fetch['retries'] } } }),
    ...(isMap(frontier) && frontier['traps'] === true && { frontier: { ...frontier, traps: {} } }),
  };
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
