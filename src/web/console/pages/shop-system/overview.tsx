import { Health } from './health.tsx';
import { Needs } from './needs.tsx';
import { Past } from './past.tsx';
import type { Connection } from './types.ts';

/** What needs a person, how far the past is fetched, and how it is going. */
export function Overview({ connection }: { connection: Connection }) {
  return (
    <div className="flex flex-col gap-8">
      <Needs connection={connection} />
      <div className="grid items-start gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <Past connection={connection} />
        <Health connection={connection} />
      </div>
    </div>
  );
}
