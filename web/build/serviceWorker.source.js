// Keeps the frame of the kiosk and of the sign-in page, so that they open while the server is away. The build puts VERSION and FILES
// before this. Nothing that the server says of a person passes through here: only the files listed, and the two pages themselves.
/* global VERSION, FILES */
const CACHE = `vultus-${VERSION}`;
const PAGES = ['/kiosk', '/sign-in'];
// A server that does not answer for so long is taken to be away.
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  // Past the browser's own store, which may hold the files of another version.
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload', credentials: 'omit' }));
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(fresh))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('vultus-') && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) {
    return;
  }
  if (request.mode === 'navigate' && PAGES.includes(url.pathname.replace(/\/+$/, ''))) {
    event.respondWith(page(request));
  } else if (url.pathname.startsWith('/assets/') && FILES.includes(url.pathname)) {
    // Their names change with their content.
    event.respondWith(kept(url.pathname, request));
  } else if (FILES.includes(url.pathname) && request.mode !== 'navigate') {
    event.respondWith(fetch(request).catch(() => kept(url.pathname, request)));
  }
});

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // A gateway says so when the server behind it is away.
    if (answer.status < 502 || answer.status > 504) {
      return answer;
    }
  } catch {
    // As if away.
  }
  return kept('/index.html', request);
}

async function kept(name, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(name)) ?? fetch(request);
}
