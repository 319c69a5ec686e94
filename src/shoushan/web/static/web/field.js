// The page of the field: says when the photo was taken, asks for the place only when told to, and is kept by the
// browser with its parts, so that it opens without a network (worker.js).

const form = document.querySelector("[data-taken]")?.closest("form");

if (form) {
  const { photo, photo_taken_on: day, photo_latitude: latitude, photo_longitude: longitude } = form.elements;
  const find = (name) => form.querySelector(`[data-${name}]`);
  const [taken, place, add, said, off] = ["taken", "place", "place-add", "place-said", "place-off"].map(find);
  let within = "";

  const show = () => {
    const [file] = photo.files;
    // Swedish is written as 2026-12-03 10:22, in the device's own zone
    const when = file ? new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" }).format(file.lastModified) : "";
    day.value = when.slice(0, 10);
    taken.textContent = taken.dataset.taken.replace("{when}", when);
    taken.hidden = !file;
    said.textContent = latitude.value ? said.dataset.found.replace("{place}", `${latitude.value}, ${longitude.value}${within}`) : "";
    add.hidden = Boolean(latitude.value);
    off.hidden = !latitude.value;
  };
  const tell = (north, east, metres) => {
    [latitude.value, longitude.value, within] = [north, east, metres];
    show();
  };

  photo.addEventListener("change", show);
  // a form's own values are back only after this event
  form.addEventListener("reset", () => setTimeout(() => tell("", "", "")));
  form.addEventListener("restored", show);
  off.addEventListener("click", () => tell("", "", ""));
  add.addEventListener("click", () => {
    said.textContent = said.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => tell(coords.latitude.toFixed(5), coords.longitude.toFixed(5), ` ± ${Math.ceil(coords.accuracy)} m`),
      () => { said.textContent = said.dataset.refused; },
      { enableHighAccuracy: true, timeout: 30_000 },
    );
  });
  place.hidden = !navigator.geolocation || !window.isSecureContext;
  show();

  const remember = async () => {
    await navigator.serviceWorker.register("/worker.js");
    const parts = performance.getEntriesByType("resource").map(({ name }) => name);
    const cache = await caches.open("field");
    await cache.addAll([...new Set([location.pathname, ...parts.filter((name) => new URL(name).pathname.startsWith("/static/"))])]);
  };
  // what is said is so: only a page that has been kept works without a network
  if (navigator.serviceWorker) remember().catch(() => caches.has("field")).then((is) => { find("queue-on").hidden = is === false; });
}
