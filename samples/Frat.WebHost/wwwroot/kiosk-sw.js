// Keeps the page at the door, so that a tablet that starts without a line still takes PINs. What the host has newer comes first.
const name = 'frat-kiosk-1';
const kiosk = new URL('kiosk', location).pathname;
const patience = 4000;

const parts = [
  'kiosk', 'css/kiosk.css', 'icons.svg', 'favicon.svg', 'kiosk.webmanifest', 'js/camera.js',
  ...['kiosk', 'answers', 'wire', 'gate', 'eye', 'keep', 'tones', 'pad'].map((part) => `js/kiosk/${part}.js`),
];

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(Promise.all(parts.map((part) => fresh(new Request(new URL(part, location)), false))));
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const isPage = pathname === kiosk && event.request.mode === 'navigate';
  if (event.request.method === 'GET' && origin === location.origin && (isPage || event.request.mode !== 'navigate')) {
    event.respondWith(fresh(event.request, isPage));
  }
});

async function fresh(request, isPage) {
  const cache = await caches.open(name);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    // A way to the sign-in or to pairing is no page to keep.
    if (answer.ok && !answer.redirected) {
      await cache.put(request, answer.clone());
    }

    return answer;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: isPage });
    if (kept) {
      return kept;
    }

    throw error;
  }
}
