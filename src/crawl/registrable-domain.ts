/** The part of a host name that one registers (`example.co.uk`), or null: an address, a name of one label, a public suffix itself. */
export type DomainOf = (host: string) => string | null;

/**
 * Loads the Public Suffix List, its private part included: `a.github.io` and `b.github.io` are different owners' sites. Only
 * on demand: the list costs an executor 11 MB and a tenth of a second.
 */
export async function loadDomainOf(): Promise<DomainOf> {
  const { getDomain } = await import('tldts');
  return (host) => getDomain(host, { allowPrivateDomains: true });
}
