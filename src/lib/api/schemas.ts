import { z } from 'zod';
import type { Settings } from '../domain/settings.ts';
import { jsonFeedSchema } from '../feeds/formats.ts';
import { absolute, paths } from '../views/paths.ts';
import { viewedPath } from '../views/static-paths.ts';
import { announcementsSchema } from './announcements.ts';
import { historyYearSchema, updatesYearSchema } from './history.ts';
import { pagesSchema, releaseSchema } from './release.ts';
import { postmortemsSchema } from './postmortems.ts';
import { v2Schemas } from './v2-files.ts';

const indexSchema = z
  .strictObject({
    schemas: z.array(
      z.strictObject({
        name: z.string(),
        schema: z.url().describe('Where the JSON Schema is; also its $id.'),
        files: z.string().describe('The path of the files that it describes; {year} stands for four digits.'),
      }),
    ),
  })
  .describe('Which JSON Schema describes which file of this site.');

type Described = { readonly name: string; readonly files: string; readonly schema: z.ZodType };

const v2 = Object.entries(v2Schemas).map(([name, schema]): Described => ({
  name: name.replaceAll('/', '-'),
  files: `/api/v2/${name}.json`,
  schema,
}));

/** All JSON files that a site publishes, with the schemas that also type them in the code. */
const describedFiles: readonly Described[] = [
  ...v2,
  { name: 'history', files: '/api/history/{year}.json', schema: historyYearSchema },
  { name: 'announcements', files: '/api/announcements.json', schema: announcementsSchema },
  { name: 'postmortems', files: '/api/postmortems.json', schema: postmortemsSchema },
  { name: 'updates', files: '/api/updates/{year}.json', schema: updatesYearSchema },
  { name: 'pages', files: '/api/pages.json', schema: pagesSchema },
  { name: 'release', files: '/release.json', schema: releaseSchema },
  { name: 'feed', files: paths.jsonFeed, schema: jsonFeedSchema },
  { name: 'schemas', files: `${paths.schemas}index.json`, schema: indexSchema },
];

const address = (settings: Settings, name: string): string => absolute(settings, `${paths.schemas}${name}.json`);

/** Lists which schema describes which file. */
export function schemaIndex(settings: Settings): z.output<typeof indexSchema> {
  return { schemas: describedFiles.map(({ name, files }) => ({ name, schema: address(settings, name), files })) };
}

/** The published JSON Schemas (2020-12), one file each. */
export function schemaPaths(settings: Settings) {
  return describedFiles.map(({ name, files, schema }) => {
    const { $schema, ...keywords } = z.toJSONSchema(schema);
    return viewedPath({ name }, { $schema, $id: address(settings, name), title: files, ...keywords });
  });
}
