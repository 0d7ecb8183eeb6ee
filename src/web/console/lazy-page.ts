import { type AsyncRouteComponent, lazyRouteComponent } from '@tanstack/react-router';
import type { CustomTypeOptions } from 'i18next';
import type { ComponentType } from 'react';
import { loadWords } from './i18n.ts';

type Namespace = keyof CustomTypeOptions['resources'];

/** A page whose code and words are fetched together, when it is first opened or its link is pointed at. */
export function lazyPage(
  words: Namespace | readonly Namespace[],
  load: () => Promise<{ default: ComponentType }>,
): AsyncRouteComponent<unknown> {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadWords([words].flat())]);
    return module;
  });
}
