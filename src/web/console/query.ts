import {
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { BodyOf, QueryOf, ResponseOf, RouteName } from '../../contracts/routes.ts';
import { toast } from '../ui/toast.tsx';
import { ApiError, type ArgsOf, api } from './api.ts';
import { followUp } from './follow-up.ts';

/** A search or a preview only reads too; it is a POST so that what was typed travels in the body and not in an address. */
type ReadRoute = Extract<RouteName, `GET ${string}` | `POST ${string}/${'search' | 'preview' | 'notice'}`>;
type ActionRoute = Exclude<RouteName, ReadRoute>;
type Paging = { cursor?: string | undefined };
type PagedRoute = {
  [R in ReadRoute]: ResponseOf<R> extends { items: readonly unknown[]; next: string | null }
    ? (QueryOf<R> extends Paging ? R : never) | (BodyOf<R> extends Paging ? R : never)
    : never;
}[ReadRoute];
type ItemOf<R extends PagedRoute> = ResponseOf<R> extends { items: readonly (infer T)[] } ? T : never;

/** The session has ended: everybody who asks learns it at once, and the router goes to sign-in. */
const endSession = (error: Error) => {
  if (error instanceof ApiError && error.status === 401 && queryClient.getQueryData(sessionKey)) {
    queryClient.setQueryData(sessionKey, null);
  }
};

export const sessionKey = ['GET /api/session'] as const;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endSession }),
  mutationCache: new MutationCache({ onError: endSession }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
    },
  },
});

/** Where the cache keeps a route's answer; the route alone names all of its answers. */
export function keyOf<R extends ReadRoute>(route: R, args?: ArgsOf<R>): readonly unknown[] {
  return args ? [route, args.params ?? null, args.query ?? args.body ?? null] : [route];
}

interface ReadOptions<R extends ReadRoute> {
  enabled?: boolean;
  /** Keeps the former answer on screen while another filter of the same thing loads. */
  keep?: boolean;
  /** Asks again after so many milliseconds; false: not. */
  every?: number | false | ((data: ResponseOf<R> | undefined) => number | false);
}

/** A former answer may stand in for the next only about the same shop, and the same thing in it: never one shop's for another's. */
function formerAbout(params: unknown) {
  return <T>(former: T | undefined, query?: { queryKey: readonly unknown[] }): T | undefined =>
    JSON.stringify(query?.queryKey[1]) === JSON.stringify(params ?? null) ? former : undefined;
}

/** Reads a route. */
export function useApi<R extends ReadRoute>(route: R, args: ArgsOf<R>, options: ReadOptions<R> = {}) {
  const { every } = options;
  return useQuery<ResponseOf<R>, Error>({
    queryKey: keyOf(route, args),
    queryFn: ({ signal }) => api(route, args, signal),
    enabled: options.enabled ?? true,
    ...(options.keep && { placeholderData: formerAbout(args.params) }),
    refetchInterval: (query) => (typeof every === 'function' ? every(query.state.data) : (every ?? false)),
  });
}

/** Reads a keyset-paged route page by page; `rows` are those fetched so far, in order. */
export function useApiPages<R extends PagedRoute>(route: R, args: ArgsOf<R>, options: { enabled?: boolean } = {}) {
  const query = useInfiniteQuery({
    queryKey: [...keyOf(route, args), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const part = route.startsWith('GET ') ? 'query' : 'body';
      const asked = { ...(args[part] as object | undefined), ...(pageParam && { cursor: pageParam }) };
      return api(route, { ...args, [part]: asked } as ArgsOf<R>, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => (page as { next: string | null }).next,
    placeholderData: formerAbout(args.params),
    enabled: options.enabled ?? true,
  });
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.items as ItemOf<R>[]);
  const more = query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined;
  return { ...query, first: pages[0], rows, more };
}

interface ActionOptions<R extends ActionRoute, Undo extends ActionRoute> {
  /** Reads that are no longer true afterwards; asked again at once. */
  touches?: readonly ReadRoute[];
  /** What it touches changes once more soon after the answer, as standings do: asked again a little later too. */
  follows?: boolean;
  /** Changes what is on screen before the answer comes; what it changed is put back if the answer is no. */
  optimistic?: (cache: QueryClient, args: ArgsOf<R>) => void;
  /** One sentence for the toast; null: none. */
  says?: (answer: ResponseOf<R>, args: ArgsOf<R>) => string | null;
  /** How to take it back, if it can be. */
  undo?: (answer: ResponseOf<R>, args: ArgsOf<R>) => { route: Undo; args: ArgsOf<Undo>; says?: string } | null;
  /** The form shows the error itself: no toast. */
  quietErrors?: boolean;
}

/** Does something: `mutate(args)`. Optimistic where told so, with an undo where the world allows it. */
export function useAction<R extends ActionRoute, Undo extends ActionRoute = R>(
  route: R,
  options: ActionOptions<R, Undo> = {},
) {
  const cache = useQueryClient();
  const refresh = () =>
    Promise.all((options.touches ?? []).map((touched) => cache.invalidateQueries({ queryKey: [touched] })));

  return useMutation<ResponseOf<R>, Error, ArgsOf<R>, (readonly [readonly unknown[], unknown])[]>({
    mutationFn: (args) => api(route, args),
    onMutate: async (args) => {
      if (!options.optimistic) return [];
      const touches = options.touches ?? [];
      await Promise.all(touches.map((touched) => cache.cancelQueries({ queryKey: [touched] })));
      const before = touches.flatMap((touched) => cache.getQueriesData({ queryKey: [touched] }));
      options.optimistic(cache, args);
      return before;
    },
    onError: (error, _args, before) => {
      for (const [key, data] of before ?? []) cache.setQueryData(key, data);
      if (!options.quietErrors) toast({ title: error.message, meaning: 'failed' });
    },
    onSuccess: (answer, args) => {
      if (options.follows) followUp(cache, options.touches ?? []);
      const sentence = options.says?.(answer, args);
      if (!sentence) return;
      const back = options.undo?.(answer, args);
      toast({
        title: sentence,
        ...(back && {
          undo: () => {
            api(back.route, back.args)
              .then(() => back.says && toast({ title: back.says }))
              .catch((error: Error) => toast({ title: error.message, meaning: 'failed' }))
              .finally(refresh);
          },
        }),
      });
    },
    onSettled: refresh,
  });
}
