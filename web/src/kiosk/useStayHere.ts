import { useEffect } from 'react';

/** Keeps the browser on this page: back leads here again, no menu opens, and a touch fills the screen where the browser can. */
export function useStayHere(): void {
  useEffect(() => {
    const guard = () => {
      if ((window.history.state as { kiosk?: boolean } | null)?.kiosk !== true) {
        window.history.pushState({ kiosk: true }, '', '/kiosk');
      }
    };
    const fill = () => {
      // Browsers pass over entries of the history that no touch has made.
      guard();
      const page = document.documentElement as Partial<HTMLElement>;
      if (document.fullscreenElement == null && page.requestFullscreen !== undefined && !installed()) {
        void document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined);
      }
    };
    const refuse = (event: Event) => event.preventDefault();
    guard();
    window.addEventListener('popstate', guard);
    window.addEventListener('pointerup', fill);
    document.addEventListener('contextmenu', refuse);
    document.addEventListener('dragstart', refuse);
    return () => {
      window.removeEventListener('popstate', guard);
      window.removeEventListener('pointerup', fill);
      document.removeEventListener('contextmenu', refuse);
      document.removeEventListener('dragstart', refuse);
    };
  }, []);
}

function installed(): boolean {
  return window.matchMedia('(display-mode: fullscreen), (display-mode: standalone)').matches;
}

/** Keeps the screen on for as long as it is wanted, where the browser can. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    const screen = navigator.wakeLock as WakeLock | undefined;
    if (!wanted || screen === undefined) {
      return;
    }
    let over = false;
    let lock: WakeLockSentinel | null = null;
    const hold = () => {
      if (document.visibilityState !== 'visible') {
        return;
      }
      screen.request('screen').then(
        (held) => {
          lock = held;
          if (over) {
            void held.release();
          }
        },
        () => undefined,
      );
    };
    hold();
    // The browser lets go of it when the page is hidden.
    document.addEventListener('visibilitychange', hold);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release();
    };
  }, [wanted]);
}
