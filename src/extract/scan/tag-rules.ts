/**
 * What tag names mean to htmlparser2 10 (`Parser.ts`), whose trees the scan must agree with: HTML's rules as that parser
 * has them, which is not always as the standard has them.
 */

const words = (text: string): readonly string[] => text.split(' ');

/** Elements without content; their end tags count for nothing. */
export const VOID: ReadonlySet<string> = new Set(
  words('area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'),
);

/** Elements whose content is text up to their own end tag. In `title` alone entities count. */
export const RAW: ReadonlySet<string> = new Set(words('script style title textarea xmp'));

/** `true`: from here on `/>` closes. `false`: not any more. */
export const FOREIGN: ReadonlyMap<string, boolean> = new Map([
  ...words('math svg').map((name) => [name, true] as const),
  ...words('mi mo mn ms mtext annotation-xml foreignobject desc title').map((name) => [name, false] as const),
]);

const CONTROLS = words('input option optgroup select button datalist textarea');

const ENDS_P = words(
  'p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr ' +
    'main nav ol pre section table ul',
);

/** The start tag of the key ends open elements of these names, as long as the innermost is one. */
export const ENDS: ReadonlyMap<string, readonly string[]> = new Map([
  ...ENDS_P.map((name) => [name, ['p']] as const),
  ...words('select input output button datalist textarea').map((name) => [name, CONTROLS] as const),
  ['option', ['option']],
  ['optgroup', ['optgroup', 'option']],
  ['li', ['li']],
  ['dd', ['dd', 'dt']],
  ['dt', ['dd', 'dt']],
  ['rt', ['rt', 'rp']],
  ['rp', ['rt', 'rp']],
  ['tr', ['tr', 'th', 'td']],
  ['th', ['th']],
  ['td', ['thead', 'th', 'td']],
  ['tbody', ['thead', 'tbody']],
  ['tfoot', ['thead', 'tbody']],
  ['body', ['head', 'link', 'script']],
]);

/** Names that pages are made of, so that they need not be spelled out while reading. */
export const COMMON: readonly string[] = words(
  'a abbr b blockquote body button caption center cite code colgroup dd del dfn dir div dl dt em fieldset figcaption figure ' +
    'font footer form frameset g h1 h2 h3 h4 h5 h6 head header html i iframe ins kbd label legend li main map mark menu nav ' +
    'nobr noscript object ol optgroup option p path picture pre q s samp section select small span strike strong sub summary ' +
    'sup svg table tbody td template textarea tfoot th thead time title tr tt u ul use var video',
);

/** Likewise of attributes. */
export const COMMON_ATTRIBUTES: readonly string[] = words(
  'alt class color colspan content data-id data-src datetime dir height href hreflang http-equiv id itemprop itemscope itemtype ' +
    'lang media name property rel role rowspan src srcset style target title type value width xmlns',
);
