import { sortTree, type Parse } from './document.ts';

/** The HTML5 tree algorithm (parse5). Loaded when asked for: jobs with the fast parser never pay for it. */
export async function loadHtml5(): Promise<Parse> {
  const { load } = await import('cheerio');
  return (html, sorter) => {
    const root = load(html).root().get(0);
    if (root === undefined) throw new Error('bug: a parsed page without a root');
    return sortTree(root, sorter);
  };
}
