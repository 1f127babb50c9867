/** What JSON.parse gives for a value of a record. */
export type CellValue = string | number | boolean | null | undefined | object;

// A text that a spreadsheet would take for a formula (OWASP, CSV injection). Signed numbers are no formulas.
const FORMULA = /^[=+\-@\t\r]/;
const SIGNED_NUMBER = /^[+-]\d+([.,]\d+)*([eE][+-]?\d+)?$/;

/**
 * One cell after RFC 4180. null and missing are empty, an empty text is `""`; lists and objects are JSON; texts that look like
 * formulas get a leading apostrophe.
 */
export function csvCell(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return quoted(JSON.stringify(value));
  if (typeof value !== 'string') return String(value);
  return value === '' ? '""' : quoted(guarded(value));
}

export function csvRow(cells: readonly CellValue[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function guarded(text: string): string {
  return FORMULA.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
