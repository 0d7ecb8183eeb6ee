import { z } from 'zod';
import type { CustomerMarks } from '../../../core/enforcement/types.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { MarkedCustomer, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { ask } from './api.ts';
import { mutate } from './connect.ts';
import { ALL_MARKS_KEY } from './definitions.ts';
import { factsOf } from './facts.ts';
import { gid } from './ids.ts';
import { checkoutMarks, MARKS_KEY, NAMESPACE } from './metafields.ts';
import { noteWith } from './note.ts';
import {
  CUSTOMER_BY_EMAIL,
  CUSTOMER_BY_ID,
  METAFIELDS_DELETE,
  METAFIELDS_SET,
  NOTE_SET,
  TAGS_ADD,
  TAGS_REMOVE,
} from './queries.ts';

type Done = Result<null, PlatformFault>;

const marked = z
  .looseObject({
    id: z.string(),
    tags: z.array(z.string()),
    note: z.string().nullish(),
    checkout: z.looseObject({ value: z.string() }).nullish(),
    marks: z.looseObject({ value: z.string() }).nullish(),
  })
  .nullable();

const PREFIX = 'evenhand:';

/** What we tag a customer with: how far it has come, and each obligation, so that Shopify Flow and staff can act on them. */
export const tagsFor = ({ as, obligations }: CustomerMarks): readonly string[] =>
  as === null ? [] : [`${PREFIX}${as}`, ...obligations.map((each) => `${PREFIX}${each}`)];

/** All of it, as JSON: `{"v":1,"as":"blocked","until":"…","refused":{"purchase":true},"obligations":[…]}`. Null: nothing is in force. */
export function allMarks({ as, refused, obligations, until }: CustomerMarks): string | null {
  if (as === null) return null;
  return JSON.stringify({
    v: 1,
    as,
    until: until === null ? null : formatInstant(until),
    refused: Object.fromEntries(refused.map((surface) => [surface, true])),
    obligations,
  });
}

/** Brings tags, note and metafields to what they are to be; what is right already is left alone, and so is everything that is not ours. */
export async function mark(reach: Reach, customer: MarkedCustomer, marks: CustomerMarks): Promise<Done> {
  const facts = factsOf(reach.connection);
  const found = await find(reach, customer);
  if (!found.ok) return found;
  const there = found.value;
  // A guest whom Shopify does not know is on the list for guests.
  if (there === null) return customer.externalId === null ? ok(null) : err({ kind: 'gone' });

  const tags = tagsFor(marks);
  const ours = there.tags.filter((tag) => tag.startsWith(PREFIX));
  const steps: (() => Promise<Done>)[] = [];
  const extra = ours.filter((tag) => !tags.includes(tag));
  if (extra.length > 0) steps.push(() => mutate(reach, TAGS_REMOVE, { id: there.id, tags: extra }, 'tagsRemove'));
  const missing = tags.filter((tag) => !ours.includes(tag));
  if (missing.length > 0) steps.push(() => mutate(reach, TAGS_ADD, { id: there.id, tags: missing }, 'tagsAdd'));
  const note = noteWith(there.note ?? '', marks, facts?.timeZone ?? 'UTC');
  if (note !== (there.note ?? ''))
    steps.push(() => mutate(reach, NOTE_SET, { input: { id: there.id, note } }, 'customerUpdate'));
  steps.push(
    ...fieldSteps(reach, there.id, [
      { key: MARKS_KEY, now: there.checkout?.value ?? null, wanted: checkoutMarks(marks, facts?.timeZone ?? 'UTC') },
      { key: ALL_MARKS_KEY, now: there.marks?.value ?? null, wanted: allMarks(marks) },
    ]),
  );
  for (const step of steps) {
    const done = await step();
    if (!done.ok) return done;
  }
  return ok(null);
}

interface Field {
  readonly key: string;
  readonly now: string | null;
  readonly wanted: string | null;
}

function fieldSteps(reach: Reach, ownerId: string, fields: readonly Field[]): (() => Promise<Done>)[] {
  const changed = fields.filter(({ now, wanted }) => !sameJson(now, wanted));
  const set = changed.flatMap(({ key, wanted }) =>
    wanted === null ? [] : [{ ownerId, namespace: NAMESPACE, key, type: 'json', value: wanted }],
  );
  const gone = changed.flatMap(({ key, wanted }) => (wanted === null ? [{ ownerId, namespace: NAMESPACE, key }] : []));
  return [
    ...(set.length > 0 ? [() => mutate(reach, METAFIELDS_SET, { metafields: set }, 'metafieldsSet')] : []),
    ...(gone.length > 0 ? [() => mutate(reach, METAFIELDS_DELETE, { metafields: gone }, 'metafieldsDelete')] : []),
  ];
}

/** Shopify may write the same JSON in another way. */
function sameJson(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}

async function find(
  reach: Reach,
  { externalId, email }: MarkedCustomer,
): Promise<Result<z.infer<typeof marked>, PlatformFault>> {
  if (externalId !== null) {
    const byId = await ask(
      reach,
      CUSTOMER_BY_ID,
      { id: gid('Customer', externalId) },
      z.looseObject({ customer: marked }),
    );
    return byId.ok ? ok(byId.value.data.customer) : byId;
  }
  if (email === null) return ok(null);
  const byEmail = await ask(reach, CUSTOMER_BY_EMAIL, { email }, z.looseObject({ customerByIdentifier: marked }));
  return byEmail.ok ? ok(byEmail.value.data.customerByIdentifier) : byEmail;
}
