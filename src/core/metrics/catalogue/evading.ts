import { define } from '../definition.ts';
import { total } from '../totals.ts';
import { evasions } from './series.ts';

/** Coming back under another name. */
export const evading = {
  evasions: define(
    'evasions',
    {
      reads: ['evasion.found'],
      conduct: true,
      incident: false,
      title: 'Evasions',
      definition:
        'Measures of another account of the same person that this account was opened to get round, as staff confirmed, from when they did. One whose confirmation was taken back is listed as voided.',
    },
    total('count', evasions),
  ),
} as const;
