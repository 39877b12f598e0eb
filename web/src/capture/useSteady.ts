import { useEffect, useRef, useState } from 'react';

/** The value, but each one stays for at least `ms`: hints that change five times a second can be neither read nor spoken. */
export function useSteady<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const since = useRef(-Infinity);
  useEffect(() => {
    if (Object.is(value, shown)) {
      return;
    }
    const wait = Math.max(0, since.current + ms - performance.now());
    const timer = setTimeout(() => {
      since.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, shown, ms]);
  return shown;
}
