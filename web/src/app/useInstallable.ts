import { useEffect } from 'react';

/** Lets the page be installed under its own name, and open while the server is away. */
export function useInstallable(manifest: '/kiosk.webmanifest' | '/sign-in.webmanifest'): void {
  useEffect(() => {
    const link = document.createElement('link');
    link.rel = 'manifest';
    link.href = manifest;
    document.head.append(link);
    // Absent where the page is not secure. While pages are worked on, files change without a new name.
    if (import.meta.env.PROD) {
      void navigator.serviceWorker?.register('/service-worker.js', { scope: '/' }).catch(() => undefined);
    }
    return () => link.remove();
  }, [manifest]);
}
