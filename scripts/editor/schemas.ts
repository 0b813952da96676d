import { z } from 'zod';
import { componentsFileSchema } from '../../src/schema/components-file.ts';
import { incidentUpdateSchema } from '../../src/schema/incident-update.ts';
import { maintenanceUpdateSchema } from '../../src/schema/maintenance-update.ts';
import { postmortemSchema } from '../../src/schema/postmortem.ts';
import { siteSettingsSchema } from '../../src/schema/site-settings.ts';
import { templateSchema } from '../../src/schema/template.ts';
import { descriptions } from './descriptions.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

const files = {
  site: { schema: siteSettingsSchema, title: 'site.yml of Halfpast' },
  components: { schema: componentsFileSchema, title: 'components.yml of Halfpast' },
  'incident-update': { schema: incidentUpdateSchema, title: 'Front matter of an update of an incident' },
  'maintenance-update': { schema: maintenanceUpdateSchema, title: 'Front matter of an update of a maintenance' },
  postmortem: { schema: postmortemSchema, title: 'Front matter of a postmortem' },
  template: { schema: templateSchema, title: 'Front matter of a template' },
} as const;

/** A schema below another: what a list or a map holds stands in the place of the list itself. */
const inner = (schema: unknown): JsonSchema | null =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? (schema as JsonSchema) : null;

/** Says at each field what it is for, and gives the paths of those of which nothing is said. */
function describe(schema: JsonSchema, said: Readonly<Record<string, string>>, path: string): string[] {
  const items = inner(schema.items);
  const below = items === null ? [] : describe(items, said, path);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const child = inner(property);
    if (child === null) return [];
    const text = said[at];
    if (text !== undefined) child.description = text;
    return [...(text === undefined ? [at] : []), ...describe(child, said, at)];
  });
  return [...below, ...own];
}

export type EditorSchema = { readonly name: string; readonly text: string; readonly undescribed: readonly string[] };

/**
 * JSON Schemas (draft 7, which the YAML language server reads) of what people write, from the schemas
 * that `check` uses. They know fields, words and kinds; what a text must look like only `check` knows.
 */
export function editorSchemas(): EditorSchema[] {
  return Object.entries(files).map(([name, { schema, title }]) => {
    const json = z.toJSONSchema(schema('UTC'), {
      io: 'input',
      target: 'draft-7',
      unrepresentable: 'throw',
    }) as JsonSchema;
    const undescribed = describe(json, descriptions[name] ?? {}, '');
    return { name, text: `${JSON.stringify({ ...json, title }, null, 2)}\n`, undescribed };
  });
}
