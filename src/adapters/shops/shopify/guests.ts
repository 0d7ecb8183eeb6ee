import { createHmac } from 'node:crypto';
import type { Sentence } from '../../../core/enforcement/types.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { ListedGuest, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { mutate } from './connect.ts';
import { factsOf } from './facts.ts';
import { encodeGuestList } from './guest-list.ts';
import { GUEST_WORDS_KEY, GUESTS_KEY, guestWords, NAMESPACE } from './metafields.ts';
import { METAFIELDS_SET } from './queries.ts';

/** Hands the list for checkouts of guests over, with what every refused guest reads. Both are written in one step. */
export async function listGuests(
  reach: Reach,
  guests: readonly ListedGuest[],
  sentences: readonly Sentence[],
): Promise<Result<{ readonly fitted: number }, PlatformFault>> {
  const facts = factsOf(reach.connection);
  if (facts === null) return err({ kind: 'drift', path: 'facts.shop' });
  const { timeZone } = facts;
  const today = new Date(reach.now).toLocaleDateString('sv-SE', { timeZone });
  const { value, fitted } = encodeGuestList(guests, { salt: saltOf(reach), timeZone, today });
  const done = await mutate(
    reach,
    METAFIELDS_SET,
    {
      metafields: [
        { ownerId: facts.shop, namespace: NAMESPACE, key: GUESTS_KEY, type: 'single_line_text_field', value },
        { ownerId: facts.shop, namespace: NAMESPACE, key: GUEST_WORDS_KEY, type: 'json', value: guestWords(sentences) },
      ],
    },
    'metafieldsSet',
  );
  return done.ok ? ok({ fitted }) : done;
}

/** The same for a connection, so that the same list is written in the same way, and another for every other. */
const saltOf = ({ connection, credentials }: Reach): Buffer =>
  createHmac('sha256', credentials.clientSecret || credentials.accessToken || connection.id)
    .update(`guests of ${connection.id}`)
    .digest()
    .subarray(0, 16);
