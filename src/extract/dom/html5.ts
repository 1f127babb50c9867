import { sortTree, type Parser } from './document.ts';

/** The HTML5 tree algorithm (parse5). Loaded when asked for: jobs with the fast parser never pay for it. */
export async function loadHtml5(): Promise<Parser> {
  const { parse } = await import('parse5');
  const { adapter } = await import('parse5-htmlparser2-tree-adapter');
  return (sorter) => (html) => sortTree(parse(html.whole, { treeAdapter: adapter }), sorter);
}
