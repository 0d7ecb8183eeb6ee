import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { CurrentSession, ShopSummary } from '../../contracts/session.ts';
import { allowed, type GuardedRoute } from './access.ts';
import { ApiError, api, rememberCsrf } from './api.ts';
import { queryClient, sessionKey } from './query.ts';

/** Who is signed in; null: nobody. */
export const sessionQuery = queryOptions<CurrentSession | null>({
  queryKey: sessionKey,
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    try {
      const session = await api('GET /api/session', {}, signal);
      rememberCsrf(session.csrf);
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

/** After signing in or setting up: everything kept belonged to somebody else or to nobody. */
export function beginSession(session: CurrentSession): void {
  rememberCsrf(session.csrf);
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** Asks anew who one is and where, after that changed. */
export async function refreshSession(): Promise<void> {
  await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

export async function signOut(): Promise<void> {
  await api('DELETE /api/session', {});
  rememberCsrf('');
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, null);
}

export interface Shop extends ShopSummary {
  /** Whether the reader's role here may call the route. Hide or explain what may not be done. */
  may(route: GuardedRoute): boolean;
}

/** The shop of the address, as the reader belongs to it; undefined when they do not. */
export function shopOf(session: CurrentSession | null | undefined, slug: string): Shop | undefined {
  const found = session?.shops.find((each) => each.slug === slug);
  return found && { ...found, may: (route) => allowed(found.role, route) };
}

/** Whether they may add a shop: who owns one already. The server asks the same. */
export function mayAddShop(session: CurrentSession | null | undefined): boolean {
  return session?.shops.some((each) => each.role === 'owner') ?? false;
}

const inShop = getRouteApi('/shops/$shop');

/** The shop on screen. Only for pages under /shops/:shop. */
export function useShop(): Shop {
  const { shop } = inShop.useRouteContext();
  return shop;
}

export function useStaff(): CurrentSession['staff'] | undefined {
  return useQuery(sessionQuery).data?.staff;
}

/** Every shop the reader belongs to. */
export function useShops(): readonly ShopSummary[] {
  return useQuery(sessionQuery).data?.shops ?? [];
}

export function useMayAddShop(): boolean {
  return mayAddShop(useQuery(sessionQuery).data);
}
