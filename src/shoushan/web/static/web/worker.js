// Stands before the pages of the field and the static files, and before nothing else: the network first, and what was
// kept where there is none. Signing out forgets it.

const KEPT = "field";
const PAGE = /^\/[-\w]+\/field\/$/;
const PATIENCE = 8_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (pathname === "/sign-out/") event.waitUntil(caches.delete(KEPT));
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (PAGE.test(pathname) || pathname.startsWith("/static/")) event.respondWith(answer(event, pathname));
});

async function answer(event, pathname) {
  const network = fetch(event.request).then((found) => {
    const copy = found.ok && found.type === "basic" ? found.clone() : null;
    if (copy) event.waitUntil(caches.open(KEPT).then((cache) => cache.put(pathname, copy)));
    return found;
  });
  const patience = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
  try {
    return await Promise.race([network, patience]);
  } catch {
    return (await caches.match(pathname, { cacheName: KEPT })) ?? network;
  }
}
