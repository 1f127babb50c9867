import type { SchemaNode } from './schema.ts';
import { unsupportedKeys } from './unsupported.ts';

/** Markdown of all keys of a job, made from the schema so that the two cannot differ. */
export function jobReference(schemaText: string): string {
  const schema = JSON.parse(schemaText) as SchemaNode;
  const parts = [
    '# Job keys',
    `${schema.description ?? ''} Generated from \`schemas/job.schema.json\`.`,
    table(schema, schema),
  ];
  for (const [name, node] of Object.entries(schema.properties ?? {})) {
    const section = sectionOf(node, schema);
    if (section) parts.push(`## ${name}`, node.description ?? '', table(section, schema));
  }
  const units = Object.entries(schema.definitions ?? {});
  for (const [name, node] of units.filter(([, n]) => n.properties))
    parts.push(`## ${name} (shape)`, node.description ?? '', table(node, schema));
  parts.push(
    '## Units and other values',
    '| name | is |\n| --- | --- |\n' +
      units
        .filter(([, n]) => !n.properties)
        .map(([name, n]) => `| ${name} | ${n.description ?? ''} |`)
        .join('\n'),
  );
  const missing = unsupportedKeys().map((key) => `- ${code(key)}`);
  parts.push('## Not supported by this version yet', 'A job that uses one of these is refused.', missing.join('\n'));
  return `${parts.join('\n\n')}\n`;
}

/** The keys that a section has of its own; those of shapes are told once, under the shape's name. */
function sectionOf(node: SchemaNode, schema: SchemaNode): SchemaNode | undefined {
  if (node.$ref !== undefined) return undefined;
  if (node.properties && !sharesShape(node, schema)) return node;
  const inner = [node.items, node.additionalProperties].find(
    (n): n is SchemaNode => typeof n === 'object' && n.properties !== undefined,
  );
  return inner;
}

function sharesShape(node: SchemaNode, schema: SchemaNode): boolean {
  const keys = Object.keys(node.properties ?? {}).join();
  return Object.values(schema.definitions ?? {}).some((d) => Object.keys(d.properties ?? {}).join() === keys);
}

function table(node: SchemaNode, schema: SchemaNode): string {
  return ['| key | form | default | meaning |', '| --- | --- | --- | --- |', ...rows(node, schema, '')].join('\n');
}

function rows(node: SchemaNode, schema: SchemaNode, prefix: string): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
    const required = node.required?.includes(key) ? '**required**' : '';
    const preset = value.default === undefined ? required : code(JSON.stringify(value.default));
    const name = `${prefix}${key}`;
    const row = `| ${code(name)} | ${cell(formOf(value, schema))} | ${preset} | ${cell(value.description ?? '')} |`;
    // At the top, sections have a table of their own.
    const nested = prefix === '' && node === schema ? [] : rows(value, schema, `${name}.`);
    return [row, ...nested];
  });
}

function formOf(node: SchemaNode, schema: SchemaNode): string {
  const ref = node.$ref?.replace('#/definitions/', '');
  if (ref !== undefined) return ref;
  if (node.enum) return node.enum.map((v) => code(String(v))).join(', ');
  if (node.const !== undefined) return code(JSON.stringify(node.const));
  const types = [node.type ?? 'any'].flat().map((type) => {
    if (type === 'array')
      return node.items && Object.keys(node.items).length > 0 ? `list of ${formOf(node.items, schema)}` : 'list';
    const { additionalProperties: values } = node;
    if (type === 'object')
      return typeof values === 'object' && !node.properties ? `map of ${formOf(values, schema)}` : 'map';
    return type;
  });
  return types.join(' or ');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function cell(text: string): string {
  return text.replaceAll(/(?<!\\)\|/g, '\\|');
}
