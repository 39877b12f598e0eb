import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  /** Null until the first answer; the last answer stays while a newer one is awaited. */
  readonly value: T | null;
  readonly error: unknown;
  readonly reload: () => void;
}

/** What `load` gives, anew whenever it changes (make it with useCallback) or on demand. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let overtaken = false;
    load().then(
      (answer) => {
        if (!overtaken) {
          setValue(answer);
          setError(null);
        }
      },
      (thrown: unknown) => {
        if (!overtaken) {
          setError(thrown);
        }
      },
    );
    return () => {
      overtaken = true;
    };
  }, [load, times]);
  const reload = useCallback(() => setTimes((count) => count + 1), []);
  return { value, error, reload };
}
