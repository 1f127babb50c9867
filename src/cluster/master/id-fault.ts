const ID_MAX_CHARACTERS = 255; // NAME_MAX: ids name directories

/** What is wrong with an id of a task, executor or framework, in Mesos's words, or `undefined`. */
export function idFault(id: string): string | undefined {
  if (id === '') return 'ID must not be empty';
  if (Buffer.byteLength(id) > ID_MAX_CHARACTERS) return `ID must not be greater than ${ID_MAX_CHARACTERS} characters`;
  if (id === '.' || id === '..') return `'${id}' is disallowed`;

  return /[\x00-\x1f\x7f/\\]/.test(id) ? `'${id}' contains invalid characters` : undefined;
}
