import { useCallback, useEffect, useState } from 'react';

/** The page's query parameters, so that the browser's Back works and a view has an address. */
export function useQuery(): [URLSearchParams, (to: Readonly<Record<string, string>>) => void] {
  const [search, setSearch] = useState(window.location.search);
  useEffect(() => {
    const onBack = () => setSearch(window.location.search);
    window.addEventListener('popstate', onBack);
    return () => window.removeEventListener('popstate', onBack);
  }, []);
  const go = useCallback((to: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams(to).toString();
    window.history.pushState(null, '', window.location.pathname + (query === '' ? '' : `?${query}`));
    setSearch(window.location.search);
  }, []);
  return [new URLSearchParams(search), go];
}
