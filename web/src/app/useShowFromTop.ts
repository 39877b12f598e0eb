import { useEffect, useRef } from 'react';

/** When another view takes the page over, shows it from its top and lets the keyboard and screen readers begin there. */
export function useShowFromTop(view: string): void {
  const before = useRef(view);
  useEffect(() => {
    if (before.current !== view) {
      before.current = view;
      window.scrollTo(0, 0);
      document.getElementById('content')?.focus({ preventScroll: true });
    }
  }, [view]);
}
