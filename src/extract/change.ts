/** What tells the records of an extractor apart, and whether they changed since an earlier visit. */
import type { ChangeSpec, ExtractorSpec } from './spec.ts';
import type { Json } from './types.ts';

/** Members that tell of a change; those of a record without key are what it is known by. */
export function changeMembers(hasKey: boolean, meta: boolean): readonly string[] {
  if (hasKey) return ['_change'];
  return meta ? ['_index', '_change'] : ['_url', '_index', '_change'];
}

/** JSON of what counts when a record is compared with that of an earlier visit: its own fields but for those ignored. */
export function comparedText(
  value: Readonly<Record<string, Json>>,
  { fields }: Pick<ExtractorSpec, 'fields'>,
  { ignore }: ChangeSpec,
): string {
  const compared: Record<string, Json> = {};
  for (const { name } of fields) if (!ignore.includes(name)) compared[name] = value[name] ?? null;
  return JSON.stringify(compared);
}
