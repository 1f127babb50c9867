import { PinspiderError } from '../lib/errors.ts';
import type { Mask } from './mask.ts';
import { type Place, positionOf } from './source.ts';

/** Something wrong with a job, at its place. */
export interface JobFault {
  readonly place: Place;
  readonly what: string;
  readonly mend?: string | undefined;
  readonly severity: 'error' | 'warning';
}

/** Collects faults of one job, so that all are told at once. */
export class Faults {
  readonly #faults: JobFault[] = [];

  error(place: Place, what: string, mend?: string): void {
    this.#faults.push({ place, what, mend, severity: 'error' });
  }

  warn(place: Place, what: string, mend?: string): void {
    this.#faults.push({ place, what, mend, severity: 'warning' });
  }

  get any(): boolean {
    return this.#faults.some((f) => f.severity === 'error');
  }

  /** An error that earlier ones at its place may have caused: told only where there is none. */
  follow(place: Place, what: string, mend?: string): void {
    if (!this.touches(place)) this.error(place, what, mend);
  }

  /** True when an error lies wholly inside `place`, or `place` inside it. */
  touches(place: Place): boolean {
    return this.#faults.some(
      (f) =>
        f.severity === 'error' &&
        f.place.source === place.source &&
        ((f.place.start >= place.start && f.place.end <= place.end) ||
          (place.start >= f.place.start && place.end <= f.place.end)),
    );
  }

  /** For people, masked. */
  warnings(mask: Mask): readonly string[] {
    return this.#told('warning').map((f) => mask(render(f)));
  }

  /** @throws {PinspiderError} CONFIG_INVALID with every error, in the order of the text, when there is one */
  throwIfAny(mask: Mask): void {
    const errors = this.#told('error');
    if (errors.length > 0)
      throw new PinspiderError({ code: 'CONFIG_INVALID', what: mask(errors.map(render).join('\n')) });
  }

  #told(severity: JobFault['severity']): readonly JobFault[] {
    const seen = new Set<string>();
    return this.#faults
      .filter((f) => f.severity === severity)
      .sort((a, b) => a.place.source.rank - b.place.source.rank || a.place.start - b.place.start)
      .filter((f) => {
        const text = render(f);
        return !seen.has(text) && seen.add(text);
      });
  }
}

/**
 * The fault for people:
 * ```
 * jobs/shop.yaml:3:3: unknown key "dealy"; did you mean "delay"?
 *   3 |   dealy: 2s
 *     |   ^^^^^
 * ```
 */
function render({ place, what, mend }: JobFault): string {
  const { source, start, end } = place;
  const said = `${what}${mend ? `; ${mend}` : ''}`;
  if (source.flag) return `${source.name}: ${said}`;
  const { line, column, lineText } = positionOf(source.text, start);
  const head = `${source.name}:${line}:${column}: ${said}`;
  if (lineText.trim() === '') return head;
  const gutter = `  ${line} | `;
  const caret = '^'.repeat(Math.max(1, Math.min(end - start, lineText.length - column + 1)));
  // Tabs of the source line are kept before the caret, so that it stands below its place at any tab width.
  const indent = lineText.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  return `${head}\n${gutter}${lineText}\n${' '.repeat(gutter.length - 2)}| ${indent}${caret}`;
}
