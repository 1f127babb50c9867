/** Spells out the short forms whose long form has defaults of its own: `retries: 3` is `{ times: 3 }`. Takes any data. */
export function longForms(data: unknown): unknown {
  if (!isMap(data) || !isMap(data['fetch'])) return data;
  const { retries } = data['fetch'];
  return typeof retries === 'number' ? { ...data, fetch: { ...data['fetch'], retries: { times: retries } } } : data;
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
