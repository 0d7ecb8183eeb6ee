import { phoneRegion } from '../../core/identity/region.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Shop } from '../../ports.ts';
import { invalid, type Refused } from '../desk/refused.ts';
import { FileFault } from '../import/fault.ts';
import type { FormatName } from '../import/format.ts';
import { formats } from '../import/formats.ts';
import { nameless } from '../import/nameless.ts';
import type { ImportSource } from '../import/source.ts';
import { textBlocks } from '../import/text-blocks.ts';
import { type Preview, PreviewOf } from './preview.ts';
import type { ListDeps } from './write-entries.ts';

/** What importing a file of lists would do. Reads it once to its end and writes nothing; refuses a file that is broken. */
export async function previewFile(
  deps: ListDeps,
  shop: Shop,
  { format, source, meant }: { readonly format: FormatName; readonly source: ImportSource; readonly meant: boolean },
): Promise<Result<Preview, Refused>> {
  const preview = new PreviewOf(deps, shop);
  const reader = formats[format].open({
    currency: shop.currency,
    timeZone: shop.timeZone,
    region: phoneRegion(shop.jurisdictions, shop.timeZone),
    now: deps.clock.now(),
    nameless: (identifier) => nameless(deps.vault, shop.id, identifier),
    sink: {
      offer: notOfLists,
      measure: notOfLists,
      entry: (wish, where) => preview.take({ ...wish, meant }, where),
      skip: (_reason, where, message) => preview.refuse(where, { message, unlessMeant: false }),
    },
  });
  try {
    for await (const block of textBlocks(source)) {
      reader.feed(block);
      if (preview.isFull) await preview.lookUp();
    }
    reader.end();
    return ok(await preview.done());
  } catch (fault) {
    if (fault instanceof FileFault) return err(invalid('file', fault.message));
    throw fault;
  }
}

function notOfLists(): never {
  throw new Error('A format of lists read something else');
}
