/** Directives with a value, which would otherwise pass for a crawler that is addressed. */
const VALUED = ['unavailable_after', 'max-snippet', 'max-image-preview', 'max-video-preview'];

/**
 * Whether `X-Robots-Tag` asks that no link of the page be followed: `nofollow` or `none`, for all crawlers or for ours. What stands behind a
 * crawler's name (`otherbot: noindex, nofollow`) is for that crawler, up to the next name.
 *
 * @param value of the header, repeated ones joined by commas
 * @param productToken our name in robots.txt, any case
 * @see https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#xrobotstag
 */
export function saysNofollow(value: string, productToken: string): boolean {
  let ours = true;
  return value
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [, name, rest] = /^([^:]*):(.*)$/.exec(part) ?? [];
      const addressed = name !== undefined && !VALUED.includes(name.trim());
      if (addressed) ours = name.trim() === productToken.toLowerCase();
      const directive = (addressed ? (rest ?? '') : part).trim();
      return ours && (directive === 'nofollow' || directive === 'none');
    });
}
