/** The entry of `known` that `word` was most likely meant to be; undefined when none is near. Case does not count. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const wanted = fold(word);
  // A third of the letters may be wrong: one in short words, and never so many that unrelated words come up.
  const most = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of known) {
    const folded = fold(candidate);
    if (folded.length <= 1 && wanted.length <= 1) continue;
    const d = distance(wanted, folded);
    if (d < least && d < Math.max(wanted.length, folded.length)) [best, least] = [candidate, d];
  }
  // Abbreviations: `polite` for `politeness`; only where a single entry begins so.
  const longer = wanted.length < 3 ? [] : [...known].filter((candidate) => fold(candidate).startsWith(wanted));
  return best ?? (longer.length === 1 ? longer[0] : undefined);
}

/** `did you mean "x"?` for the nearest entry, for use as a fault's mend. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const found = suggest(word, known);
  return found === undefined ? undefined : `did you mean "${found}"?`;
}

/** `max-depth`, `maxDepth` and `max_depth` are one word: people bring their habits from other tools. */
function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): the least number of insertions, deletions, replacements and swaps of
 * neighbours that make `a` into `b`, no letter edited twice.
 */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
