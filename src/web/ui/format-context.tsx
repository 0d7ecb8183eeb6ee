import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { createFormats, type Formats } from './format.ts';

const Context = createContext<Formats | null>(null);

interface FormatProviderProps {
  locale: string;
  timeZone: string;
  currency: string;
  children: ReactNode;
}

/** Everything below reads in this language, zone and currency. */
export function FormatProvider({ locale, timeZone, currency, children }: FormatProviderProps) {
  const formats = useMemo(() => createFormats(locale, timeZone, currency), [locale, timeZone, currency]);
  return <Context value={formats}>{children}</Context>;
}

/** The formatters of the shop on screen. */
export function useFormats(): Formats {
  const formats = useContext(Context);
  if (!formats) throw new Error('useFormats needs a FormatProvider above it');
  return formats;
}

/** One clock for all relative dates, so that a list of a thousand rows does not run a thousand timers. */
const minute = {
  now: Date.now(),
  listeners: new Set<() => void>(),
  timer: undefined as ReturnType<typeof setInterval> | undefined,
};

function subscribe(listener: () => void): () => void {
  minute.listeners.add(listener);
  minute.timer ??= setInterval(() => {
    minute.now = Date.now();
    for (const each of minute.listeners) each();
  }, 30_000);
  return () => {
    minute.listeners.delete(listener);
    if (minute.listeners.size === 0) {
      clearInterval(minute.timer);
      minute.timer = undefined;
    }
  };
}

/** The present, in milliseconds, renewed twice a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => minute.now);
}

/** Says how long ago something was. What has just happened may be newer than the shared present: that is "now", not "in ten seconds". */
export function useAgo(): (at: string) => string {
  const formats = useFormats();
  const now = useNow();
  return (at) => {
    const instant = Date.parse(at);
    return formats.relative(at, Math.max(now, instant <= Date.now() ? instant : 0));
  };
}
