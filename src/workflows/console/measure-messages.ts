import type { LedgerEvent } from '../../core/events/event.ts';
import type { CustomerId, MeasureId } from '../../core/shared/brand.ts';
import type { Language } from '../../core/shared/words.ts';
import type { ConsoleReads, MeasureListing } from '../../ports/console.ts';
import type { Shop } from '../../ports.ts';
import { messagePreview } from './message-preview.ts';
import type { PolicyShelf, ShelvedPolicy } from './policy-shelf.ts';

interface Deps {
  readonly reads: Pick<ConsoleReads, 'events'>;
  readonly policies: PolicyShelf;
}

interface Known {
  readonly measures: readonly MeasureListing[];
  /** All events of the customer. */
  readonly events: readonly LedgerEvent[];
  readonly inForce: ShelvedPolicy;
}

/**
 * The text to a customer for each of their measures in force, in the words of the policy it was taken under; of one that staff
 * took by themselves, with the reason they gave.
 */
export async function measureMessages(
  deps: Deps,
  shop: Shop,
  customer: CustomerId,
  { measures, events, inForce }: Known,
  language: Language,
): Promise<ReadonlyMap<MeasureId, string>> {
  const active = measures.filter((measure) => measure.state === 'active');
  const [policies, reasons] = await Promise.all([
    earlierPolicies(deps.policies, shop, active, inForce),
    staffReasons(deps.reads, shop, customer, active, events),
  ]);
  return new Map(
    active.map((measure) => {
      const { policy } = (policies.get(measure.policyVersion) ?? inForce).compiled;
      return [
        measure.id,
        messagePreview(language, shop, policy, measure.rules, measure, reasons.get(measure.id) ?? null),
      ];
    }),
  );
}

async function earlierPolicies(
  shelf: PolicyShelf,
  shop: Shop,
  measures: readonly MeasureListing[],
  inForce: ShelvedPolicy,
): Promise<ReadonlyMap<number | null, ShelvedPolicy | null>> {
  const versions = new Set(measures.map((measure) => measure.policyVersion));
  versions.delete(inForce.compiled.version);
  return new Map(
    await Promise.all(
      [...versions].map(
        async (version) => [version, version === null ? null : await shelf.version(shop.id, version)] as const,
      ),
    ),
  );
}

async function staffReasons(
  reads: Deps['reads'],
  shop: Shop,
  customer: CustomerId,
  measures: readonly MeasureListing[],
  events: readonly LedgerEvent[],
): Promise<ReadonlyMap<string, string>> {
  const active = new Set<string>(measures.map((measure) => measure.id));
  const starts = events
    .filter((event) => event.kind === 'measure.started')
    .filter(({ body }) => body.proposedBy === 'staff' && active.has(body.measure));
  if (starts.length === 0) return new Map();
  const shown = await reads.events(
    shop.id,
    customer,
    starts.map((event) => event.id),
    starts.length,
  );
  const texts = new Map(shown.map((event) => [event.id, event.text]));
  return new Map(
    starts.flatMap((event) => {
      const text = texts.get(event.id);
      return text == null ? [] : [[event.body.measure, text] as const];
    }),
  );
}
