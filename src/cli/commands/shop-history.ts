import { defineCommand } from '../frame.ts';
import { runPast } from '../run-past.ts';

export default defineCommand({
  name: 'shop history',
  summary: "Fetches the past of a shop's system; again adds only what is missing",
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    json: { type: 'boolean', about: 'Prints the run as JSON' },
  },
  examples: ['evenhand shop history --shop linde'],
  run: (call) => runPast(call, 'history'),
});
