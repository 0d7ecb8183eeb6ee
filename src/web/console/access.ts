import type { ReportedEventKind } from '../../contracts/events.ts';
import type { RouteName, Routes } from '../../contracts/routes.ts';

const acting = ['owner', 'manager', 'agent'] as const;
const managing = ['owner', 'manager'] as const;
const owning = ['owner'] as const;

/**
 * Who may do what, so that a screen offers only what the server will grant. The compiler compares every line with contracts/routes.ts
 * (types only: the schemas themselves stay out of the browser); the server decides in the end.
 */
const ACCESS = {
  'POST /api/shops/:shop/sample': managing,
  'POST /api/shops/:shop/customers/:id/notes': acting,
  'POST /api/shops/:shop/customers/:id/corrections': acting,
  'POST /api/shops/:shop/customers/:id/measures': managing,
  'POST /api/shops/:shop/customers/:id/links': acting,
  'POST /api/shops/:shop/objections/:id': managing,
  'POST /api/shops/:shop/review/:id/approve': managing,
  'POST /api/shops/:shop/review/:id/soften': managing,
  'POST /api/shops/:shop/review/:id/decline': managing,
  'POST /api/shops/:shop/review/:id/ask': acting,
  'POST /api/shops/:shop/review/:id/undo': managing,
  'POST /api/shops/:shop/measures/:id/lift': managing,
  'POST /api/shops/:shop/customers/:id/notice': managing,
  'POST /api/shops/:shop/customers/:id/portal-link': acting,
  'POST /api/shops/:shop/outbox/:id/retry': acting,
  'POST /api/shops/:shop/outbox/:id/printed': acting,
  'POST /api/shops/:shop/outbox/:id/bounced': acting,
  'POST /api/shops/:shop/appeals/:id/take': managing,
  'POST /api/shops/:shop/appeals/:id/ask': managing,
  'POST /api/shops/:shop/appeals/:id/decide': managing,
  'POST /api/shops/:shop/policy/impact': managing,
  'PUT /api/shops/:shop/policy/draft': managing,
  'DELETE /api/shops/:shop/policy/draft': managing,
  'POST /api/shops/:shop/policy/publish': managing,
  'PATCH /api/shops/:shop/settings': owning,
  'GET /api/shops/:shop/mail': owning,
  'PUT /api/shops/:shop/mail': owning,
  'DELETE /api/shops/:shop/mail': owning,
  'POST /api/shops/:shop/mail/test': owning,
  'PUT /api/shops/:shop/branding': owning,
  'DELETE /api/shops/:shop/branding/logo': owning,
  'POST /api/shops/:shop/staff': owning,
  'PATCH /api/shops/:shop/staff/:id': owning,
  'GET /api/shops/:shop/keys': owning,
  'POST /api/shops/:shop/keys': owning,
  'DELETE /api/shops/:shop/keys/:id': owning,
  'POST /api/shops/:shop/connections/check': owning,
  'POST /api/shops/:shop/connections': owning,
  'PATCH /api/shops/:shop/connections/:id': owning,
  'POST /api/shops/:shop/connections/:id/check': managing,
  'POST /api/shops/:shop/connections/:id/secret': owning,
  'POST /api/shops/:shop/connections/:id/disconnect': owning,
  'POST /api/shops/:shop/connections/:id/history': managing,
  'POST /api/shops/:shop/connections/:id/reconcile': managing,
  'POST /api/shops/:shop/connections/:id/runs/:other/stop': managing,
  'POST /api/shops/:shop/connections/:id/runs/:other/resume': managing,
  'POST /api/shops/:shop/connections/:id/received/:other/retry': acting,
  'POST /api/shops/:shop/acts/:id/retry': acting,
  'POST /api/shops/:shop/acts/:id/cancel': acting,
  'POST /api/shops/:shop/acts/:id/undo': managing,
  'POST /api/shops/:shop/customers/:id/acts': managing,
  'POST /api/shops/:shop/webhooks': owning,
  'PATCH /api/shops/:shop/webhooks/:id': owning,
  'DELETE /api/shops/:shop/webhooks/:id': owning,
  'POST /api/shops/:shop/webhooks/:id/secret': owning,
  'POST /api/shops/:shop/webhooks/:id/test': owning,
  'GET /api/shops/:shop/webhooks/:id/sent/:other': managing,
  'POST /api/shops/:shop/webhooks/:id/sent/:other/retry': acting,
  'POST /api/shops/:shop/lists/entries': managing,
  'POST /api/shops/:shop/lists/entries/:id/extend': managing,
  'POST /api/shops/:shop/lists/remove': managing,
} as const satisfies { readonly [R in RouteName]?: Routes[R]['access'] };

export type GuardedRoute = keyof typeof ACCESS;
export type Role = 'owner' | 'manager' | 'agent' | 'auditor';

/** Whether somebody with this role may call the route. */
export function allowed(role: Role, route: GuardedRoute): boolean {
  return (ACCESS[route] as readonly Role[]).includes(role);
}

type Family<K extends string> = K extends `${infer F}.${string}` ? F : never;

/** What shops report, and whether it is conduct: an account opened and a note count for nothing, so there is nothing to correct. */
const IS_CONDUCT: Readonly<Record<Family<ReportedEventKind>, boolean>> = {
  order: true,
  payment: true,
  return: true,
  refund: true,
  claim: true,
  complaint: true,
  message: true,
  review: true,
  account: false,
  note: false,
};

/**
 * Whether somebody with this role may correct an event of this kind: conduct that was reported, and an evasion that was found for owners and
 * managers. All else that stands in the ledger is undone where it was done.
 */
export function mayCorrect(role: Role, kind: string): boolean {
  const may: readonly Role[] = kind === 'evasion.found' ? managing : acting;
  const family = kind.slice(0, kind.indexOf('.'));
  const isConduct = Object.hasOwn(IS_CONDUCT, family) && IS_CONDUCT[family as keyof typeof IS_CONDUCT];
  return (isConduct || kind === 'evasion.found') && may.includes(role);
}

/** Whether somebody with this role may correct an event to count so: an agent takes evidence out, a manager or owner puts it back. */
export function mayCorrectAs(role: Role, as: 'void' | 'shop_fault' | 'counts'): boolean {
  return (as === 'counts' ? managing : acting).some((each) => each === role);
}

/** Whether somebody with this role may confirm a link: where a measure binds one of the two, it is a measure against the other. */
export function mayConfirmLink(role: Role, confirm: 'acting' | 'managing' | 'nobody'): boolean {
  return confirm !== 'nobody' && (confirm === 'managing' ? managing : acting).some((each) => each === role);
}

/** Whether somebody with this role may change an answer about a link: where that frees somebody from a measure, it is like lifting it. */
export function mayChangeLink(role: Role, change: 'acting' | 'managing'): boolean {
  return (change === 'managing' ? managing : acting).some((each) => each === role);
}

/** Every route that not all of a shop's staff may call. */
export function guardedRoutes(): GuardedRoute[] {
  return Object.keys(ACCESS) as GuardedRoute[];
}
