import { sortTree, type Parse } from './document.ts';

/** The HTML5 tree algorithm (parse5). Loaded when asked for: jobs with the fast parser never pay for it. */
export async function loadHtml5(): Promise<Parse> {
  const { parse } = await import('parse5');
  const { adapter } = await import('parse5-htmlparser2-tree-adapter');
  return (html, sorter) => sortTree(parse(html.whole, { treeAdapter: adapter }), sorter);
}
