import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Visit } from './visit.ts';

/** Where the built script and fonts are, for a language; null where nothing is built: the pages work without. */
export type PortalAssets = (language: string) => Promise<Visit['assets']>;

const manifest = z.record(z.string(), z.object({ file: z.string() }));
type Manifest = z.infer<typeof manifest>;

/** Reads the build's manifest once it is there, and keeps it: a new build comes with a new start. */
export function portalAssets(webFolder: string): PortalAssets {
  let known: Manifest | null = null;
  const address = (entry: string): string[] => {
    const file = known?.[entry]?.file;
    return file === undefined ? [] : [`/${file}`];
  };
  return async (language) => {
    if (known === null) {
      const text = await readFile(join(webFolder, '.vite', 'manifest.json'), 'utf8').catch(() => null);
      known = text === null ? null : (manifest.safeParse(JSON.parse(text)).data ?? null);
    }
    const [script] = address('portal/main.ts');
    if (script === undefined) return null;
    // The Chinese fonts are many small files, of which a browser fetches what a page needs; their list alone is long.
    const chinese = language.split('-')[0] === 'zh' ? address('portal/fonts-zh.css') : [];
    return { script, styles: [...address('portal/fonts.css'), ...chinese] };
  };
}
