/** One text that a job is made of: a file, or what the command line gave. */
export interface Source {
  /** As shown to people: a path relative to where the command was given, or `--set scope.max_pages=5`. */
  readonly name: string;
  /** Folder against which paths written in it resolve, absolute. */
  readonly folder: string;
  readonly text: string;
  /** Sources are told of in this order: the job file, what it extends, the command line. */
  readonly rank: number;
  /** A flag is shown whole: it has no lines to count. */
  readonly flag: boolean;
}

/** Part of a source; offsets count UTF-16 units, `end` is exclusive. */
export interface Place {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count them. */
  readonly column: number;
  /** Offset at which the line begins. */
  readonly lineStart: number;
  /** The line without its end. */
  readonly lineText: string;
}

/** Line and column of an offset. Faults are few, so the lines are counted when asked. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const end = text.indexOf('\n', lineStart);
  const lineText = text.slice(lineStart, end < 0 ? text.length : end).replace(/\r$/, '');
  return { line: before.split('\n').length, column: offset - lineStart + 1, lineStart, lineText };
}
