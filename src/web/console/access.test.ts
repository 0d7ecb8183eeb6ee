import { describe, expect, it } from 'vitest';
import { type RouteName, routes } from '../../contracts/routes.ts';
import {
  allowed,
  type GuardedRoute,
  guardedRoutes,
  mayChangeLink,
  mayConfirmLink,
  mayCorrect,
  mayCorrectAs,
  type Role,
} from './access.ts';

const ROLES: readonly Role[] = ['owner', 'manager', 'agent', 'auditor'];

describe('what a screen offers', () => {
  it.each(guardedRoutes())('%s is what the server grants, role by role', (route) => {
    const { access } = routes[route];
    for (const role of ROLES) expect(allowed(role, route)).toBe((access as readonly string[]).includes(role));
  });

  it('names every route that some staff of the shop may not call', () => {
    const limited = (Object.keys(routes) as RouteName[]).filter((name) => {
      const { access } = routes[name];
      return Array.isArray(access) && access.length < ROLES.length;
    });
    expect(new Set<string>(guardedRoutes())).toEqual(new Set<string>(limited as GuardedRoute[]));
  });

  it('lets agents take evidence out, and only managers and owners put it back', () => {
    expect(ROLES.filter((role) => mayCorrectAs(role, 'counts'))).toEqual(['owner', 'manager']);
    for (const as of ['void', 'shop_fault'] as const)
      expect(ROLES.filter((role) => mayCorrectAs(role, as))).toEqual(['owner', 'manager', 'agent']);
  });

  it('lets agents confirm a link only where nothing binds, and nobody one that comparing did not find', () => {
    const who = (confirm: 'acting' | 'managing' | 'nobody') => ROLES.filter((role) => mayConfirmLink(role, confirm));
    expect(who('acting')).toEqual(['owner', 'manager', 'agent']);
    expect(who('managing')).toEqual(['owner', 'manager']);
    expect(who('nobody')).toEqual([]);
  });

  it('lets agents change an answer about a link only where that frees nobody from a measure', () => {
    const who = (change: 'acting' | 'managing') => ROLES.filter((role) => mayChangeLink(role, change));
    expect(who('acting')).toEqual(['owner', 'manager', 'agent']);
    expect(who('managing')).toEqual(['owner', 'manager']);
  });

  it('lets agents correct conduct that was reported, managers and owners an evasion, and nobody what was decided or written down', () => {
    const who = (kind: string) => ROLES.filter((role) => mayCorrect(role, kind));
    for (const kind of ['order.placed', 'review.posted', 'complaint.opened'])
      expect(who(kind)).toEqual(['owner', 'manager', 'agent']);
    expect(who('evasion.found')).toEqual(['owner', 'manager']);
    for (const kind of [
      'measure.started',
      'appeal.filed',
      'notice.issued',
      'note.added',
      'account.created',
      'toString.x',
    ])
      expect(who(kind)).toEqual([]);
  });
});
