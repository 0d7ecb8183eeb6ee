import type { z } from 'zod';
import type * as contract from '../../contracts/connections.ts';
import { sayAbility, sayShopFault } from '../../core/enforcement/say.ts';
import { type AbilityName, enforcementPoints, type PlatformName, shopActKinds } from '../../core/enforcement/types.ts';
import { obligation } from '../../core/events/measures.ts';
import { type CustomerId, id, type StaffId } from '../../core/shared/brand.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { hasWords, isolated, type Language, say } from '../../core/shared/words.ts';
import type { KeptCheck, ReceivedHealth, ReceivedListing, Run } from '../../ports/connections.ts';
import type { Face } from '../../ports/console.ts';
import type { PlatformFault, ShopPlatform } from '../../ports/platforms.ts';
import { abilityRows } from '../../workflows/shops/enforce/ability-rows.ts';
import { atOrNull } from './views.ts';

/** Shop systems and their connections, in the words of the contract. */

export const platformView = (language: Language, platform: ShopPlatform): z.input<typeof contract.platform> => ({
  name: platform.name,
  fields: platform.fields.map((field) => ({ ...field })),
  signsIn: platform.authorise !== null,
  abilities: abilityRows(language, platform),
});

export function checkView(
  language: Language,
  platform: PlatformName,
  { found, at }: KeptCheck,
): z.input<typeof contract.connectionCheck> {
  return {
    ok: found.fault === null,
    problem: found.fault === null ? null : checkProblem(language, found.fault),
    shopName: found.shopName,
    currency: found.currency,
    timeZone: found.timeZone,
    version: found.version,
    scopes: found.scopes.map((scope) => ({
      name: scope.name,
      granted: scope.granted,
      for: scope.for.map((name) => (isAbility(name) ? sayAbility(language, name) : name)),
    })),
    notes: found.notes.flatMap((note) => {
      const key = `${platform}.notes.${note}`;
      return hasWords(language, key) ? [say(language, key)] : [];
    }),
    at: formatInstant(at),
  };
}

/** What is wrong, and what to do about it. */
export const checkProblem = (language: Language, fault: PlatformFault): { what: string; todo: string } => ({
  what: say(language, `shops.health.check.${fault.kind}.what`),
  todo: say(language, `shops.health.check.${fault.kind}.todo`),
});

const ABILITIES: readonly string[] = [...enforcementPoints, ...obligation.options, ...shopActKinds];
const isAbility = (name: string): name is AbilityName => ABILITIES.includes(name);

/** Why a webhook waits or was refused. */
export function receivedProblem(
  language: Language,
  { fault, state }: Pick<ReceivedListing, 'fault' | 'state'>,
): string | null {
  if (fault === null || state === 'done') return null;
  const at = fault.indexOf(':');
  const [kind, path] = at === -1 ? [fault, ''] : [fault.slice(0, at), fault.slice(at + 1)];
  const words = (key: string): string => say(language, `shops.health.received.${key}`, { path: isolated(path) });
  switch (kind) {
    case 'drift':
    case 'event':
    case 'body':
    case 'empty':
      return words(kind);
    case 'needs':
      return words(state === 'waiting' ? 'needs' : 'needsStill');
    case 'erase':
      return words(path === 'appeal' ? 'eraseAppeal' : path === 'dispute' ? 'eraseDispute' : 'erase');
    default:
      return words('fault');
  }
}

/** What of a platform's past could not be read, or why a run waits. */
function runFault(language: Language, fault: string): string {
  const kind = fault.split(':')[0] ?? '';
  return ['drift', 'event', 'needs', 'body'].includes(kind)
    ? (receivedProblem(language, { fault, state: 'refused' }) ?? '')
    : sayShopFault(language, fault);
}

export function runView(
  language: Language,
  run: Run,
  staff: ReadonlyMap<StaffId, string>,
): z.input<typeof contract.platformRun> {
  const by = run.startedBy === null ? undefined : staff.get(run.startedBy);
  return {
    id: run.id,
    kind: run.kind,
    state: run.state,
    since: atOrNull(run.since),
    total: run.total,
    read: run.read,
    added: run.added,
    known: run.known,
    refused: run.refused,
    faults: run.faults.map(({ fault, count, examples }) => ({
      words: runFault(language, fault),
      count,
      examples: [...examples],
    })),
    error: run.error === null ? null : sayShopFault(language, run.error),
    startedAt: formatInstant(run.startedAt),
    startedBy: run.startedBy === null || by === undefined ? null : { id: run.startedBy, name: by },
    updatedAt: formatInstant(run.updatedAt),
    finishedAt: atOrNull(run.finishedAt),
    nextAt: run.state === 'running' && run.nextAt > run.updatedAt ? formatInstant(run.nextAt) : null,
  };
}

export const healthView = (
  language: Language,
  health: ReceivedHealth,
  missedLastNight: number | null,
  reconciledTo: Parameters<typeof atOrNull>[0],
): z.input<typeof contract.connectionHealth> => ({
  lastReceivedAt: atOrNull(health.lastReceivedAt),
  heardAfterMs: health.heardAfterMs,
  readAfterMs: health.readAfterMs,
  received24h: health.received24h,
  waiting: health.waiting,
  refused: health.refused,
  rejected24h: health.rejected24h.map(({ reason, count, lastAt }) => ({
    reason,
    words: say(language, `shops.health.rejected.${reason}`),
    count,
    lastAt: formatInstant(lastAt),
  })),
  missedLastNight,
  reconciledTo: atOrNull(reconciledTo),
});

export const receivedView = (
  language: Language,
  row: ReceivedListing,
  faces: ReadonlyMap<CustomerId, Face>,
): z.input<typeof contract.receivedRow> => ({
  id: row.id,
  topic: row.topic,
  state: row.state,
  receivedAt: formatInstant(row.receivedAt),
  triggeredAt: atOrNull(row.triggeredAt),
  doneAt: atOrNull(row.doneAt),
  attempts: row.attempts,
  added: row.added,
  problem: receivedProblem(language, row),
  customers: row.customers.map((customer) => {
    const face = faces.get(customer);
    return { id: id<CustomerId>(customer), name: face?.name ?? null, externalId: face?.externalId ?? null };
  }),
});
