import { workflowDeps } from '../../compose-workflows.ts';
import type { Damage } from '../../ports/ledger.ts';
import { defineCommand, UsageError } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { startProgress } from '../progress.ts';
import { shopNamed } from '../shop.ts';

export default defineCommand({
  name: 'ledger verify',
  summary: "Checks a shop's ledger and names every row that was altered, removed or moved",
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    'expect-head': {
      type: 'string',
      value: 'HASH',
      about: 'a hash that an earlier check printed, kept elsewhere: fails when the ledger does not contain it',
    },
    json: { type: 'boolean', about: 'Prints JSON' },
  },
  examples: ['evenhand ledger verify --shop linde', 'evenhand ledger verify --shop linde --expect-head 5f0c…'],
  run: async (call) => {
    const { options, terminal } = call;
    const expected = options['expect-head']?.toLowerCase();
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected))
      throw new UsageError('--expect-head takes the 64 characters that "ledger verify" prints.');
    return withInstallation(call, async (installation) => {
      const { store } = workflowDeps(installation);
      const shop = await shopNamed(installation, options.shop);
      const bar = startProgress(terminal, { label: `Checking the ledger of ${shop.slug}`, unit: 'rows' });
      const { rows, head, damage: found } = await store.ledger.verify(shop.id, bar.update);
      bar.finish();
      const damage: Damage[] = [...found];
      if (expected !== undefined && !(await store.ledger.holds(shop.id, Buffer.from(expected, 'hex'))))
        damage.push({
          seq: head.seq,
          kind: null,
          what: 'head_differs',
          detail:
            'the hash kept elsewhere is nowhere in this ledger: the ledger was written anew, or cut off before it',
        });
      if (options.json) terminal.out(JSON.stringify({ shop: shop.slug, rows, head, damage }, null, 2));
      else {
        for (const { seq, kind, what, detail } of damage)
          terminal.out(`row ${seq}${kind === null ? '' : ` (${kind})`}: ${WORDS[what]}; ${detail}`);
        terminal.out(
          damage.length === 0
            ? `${rows.toLocaleString('en')} rows, nothing altered, removed or moved. It ends at row ${head.seq} with ${head.hash}`
            : `${damage.length.toLocaleString('en')} ${damage.length === 1 ? 'thing is' : 'things are'} wrong in ${rows.toLocaleString('en')} rows.`,
        );
      }
      return damage.length === 0 ? 0 : 1;
    });
  },
});

const WORDS: Readonly<Record<Damage['what'], string>> = {
  altered: 'altered',
  removed: 'removed',
  reordered: 'moved',
  cut_off: 'cut off',
  head_differs: 'the end differs',
};
