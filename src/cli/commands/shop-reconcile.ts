import { defineCommand } from '../frame.ts';
import { runPast } from '../run-past.ts';

export default defineCommand({
  name: 'shop reconcile',
  summary: "Compares with a shop's system now, and adds what its webhooks missed",
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    json: { type: 'boolean', about: 'Prints the run as JSON' },
  },
  examples: ['evenhand shop reconcile --shop linde'],
  run: (call) => runPast(call, 'reconcile'),
});
