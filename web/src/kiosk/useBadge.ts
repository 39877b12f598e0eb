import { useEffect, useRef } from 'react';
import { BadgeReader } from './badge.ts';

/** Hears a badge reader that is plugged in as a keyboard, while the kiosk waits. */
export function useBadge(active: boolean, onBadge: (number: string) => void): void {
  const heard = useRef(onBadge);
  heard.current = onBadge;
  useEffect(() => {
    if (!active) {
      return;
    }
    const reader = new BadgeReader();
    const onKey = (event: KeyboardEvent) => {
      const number = reader.key(event.key, event.timeStamp);
      if (number !== null) {
        // The Enter of a reader presses no button.
        event.preventDefault();
        event.stopPropagation();
        heard.current(number);
      }
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [active]);
}
