/** A law that does not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** Which law, in a word or two: the same for all its violations. */
  readonly law: string;

  constructor(law: string, what: string) {
    super(`${law}: ${what}`);
    this.law = law;
  }
}

export function must(holds: boolean, law: string, what: () => string): void {
  if (!holds) throw new Violation(law, what());
}
