import { customerDataVerdicts, impacts, incidentStatuses, maintenanceStatuses } from '../../src/domain/vocabulary.ts';

const choice = (stop: number, words: readonly string[]): string => `\${${stop}|${words.join(',')}|}`;

const snippet = (prefix: string, description: string, ...body: readonly string[]) => ({
  scope: 'markdown',
  prefix,
  description,
  body,
});

/**
 * Snippets for VS Code: it completes front matter in markdown with nothing installed but these, where
 * the YAML language server does not look. The words are those of the vocabulary.
 */
export function snippets(): string {
  const table = {
    'Halfpast: first update': snippet(
      'halfpast-open',
      'The first update of an incident',
      '---',
      'title: ${1:What customers notice}',
      `status: ${choice(2, incidentStatuses)}`,
      `impact: ${choice(3, [...impacts.slice(1), 'none'])}`,
      `customer_data: ${choice(4, ['under_review', ...customerDataVerdicts.filter((word) => word !== 'under_review')])}`,
      '---',
      '${0:What customers should know}',
      '',
    ),
    'Halfpast: update': snippet(
      'halfpast-update',
      'A later update of an incident',
      '---',
      `status: ${choice(1, ['identified', ...incidentStatuses.filter((word) => word !== 'identified')])}`,
      '---',
      '${0:What customers should know}',
      '',
    ),
    'Halfpast: resolved': snippet(
      'halfpast-resolve',
      'The end of an incident',
      '---',
      'status: resolved',
      `customer_data: ${choice(1, customerDataVerdicts)}`,
      '---',
      '${0:What customers should know}',
      '',
    ),
    'Halfpast: maintenance': snippet(
      'halfpast-schedule',
      'The announcement of planned work',
      '---',
      'title: ${1:What is done}',
      `status: ${maintenanceStatuses[0]}`,
      'scheduled_for: ${2:2026-12-01T22:00Z}',
      'scheduled_until: ${3:2026-12-02T00:00Z}',
      '---',
      '${0:What customers should know}',
      '',
    ),
  };
  return `${JSON.stringify(table, null, 2)}\n`;
}
