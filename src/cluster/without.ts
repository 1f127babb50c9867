/** A copy of `value` that lacks some of its fields. */
export function without<T extends object, K extends keyof T & string>(value: T, ...fields: readonly K[]): Omit<T, K> {
  const kept = Object.entries(value).filter(([name]) => !(fields as readonly string[]).includes(name));
  return Object.fromEntries(kept) as Omit<T, K>; // what was there, less those fields
}
