import { useSyncExternalStore } from 'react';

const query = () => matchMedia('(width < 48rem)');

function subscribe(listener: () => void): () => void {
  const watched = query();
  watched.addEventListener('change', listener);
  return () => watched.removeEventListener('change', listener);
}

/** Whether the window is as narrow as a phone: for what must not be there at all, where a class could only hide it. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}
