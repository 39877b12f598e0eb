import { useCallback, useEffect, useState } from 'react';

/** The page's query parameters, so that the browser's Back works and a view has an address. Replaced ones are not gone back to. */
export function useQuery(): [URLSearchParams, (to: Readonly<Record<string, string>>, replace?: boolean) => void] {
  const [search, setSearch] = useState(window.location.search);
  useEffect(() => {
    const onBack = () => setSearch(window.location.search);
    window.addEventListener('popstate', onBack);
    return () => window.removeEventListener('popstate', onBack);
  }, []);
  const go = useCallback((to: Readonly<Record<string, string>>, replace = false) => {
    const query = new URLSearchParams(to).toString();
    const address = window.location.pathname + (query === '' ? '' : `?${query}`);
    window.history[replace ? 'replaceState' : 'pushState'](null, '', address);
    setSearch(window.location.search);
  }, []);
  return [new URLSearchParams(search), go];
}
