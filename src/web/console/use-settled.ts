import { useEffect, useState } from 'react';

/** The value once it has not changed for so many milliseconds; compared by what it says, not by identity. */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  const said = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` stands for the value
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [said, delay]);
  return said === JSON.stringify(settled) ? value : settled;
}
