import type { RouteName } from '../../contracts/routes.ts';
import { connectionRoutes as table } from '../../contracts/routes-connections.ts';
import { problem } from '../problem.ts';
import type { RegisterRoute } from './route.ts';

/** The connection routes; their handlers are being built and replace this. */
export function connectionRoutes(route: RegisterRoute): void {
  for (const name of Object.keys(table) as RouteName[]) route(name, async () => problem(503, 'This is being built.'));
}
