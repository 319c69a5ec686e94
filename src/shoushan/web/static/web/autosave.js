// <form data-autosave="KEY" data-autosave-url="…"> keeps unsent input in this browser, for the account that wrote it, and
// where there is an address, sends it a second after the last key; {"ok": true, "saved": "…"} or {"ok": false, "message": "…"}
// is shown in [data-saved]. It is forgotten once the server says that it took the form (the cookie of once.py), not when
// it is sent; otherwise it comes back, with the version it was typed over, and [data-restored] says so.
const AFTER = 1000;
const LEFT_OUT = ["file", "password", "submit", "radio"];
const START = `shoushan.form.${document.body.dataset.account}.`;

const taken = /(?:^|; )taken=([^;]+)/.exec(document.cookie)?.[1];
for (const name of taken ? Object.keys(localStorage) : []) {
  if (name.startsWith(START) && JSON.parse(localStorage.getItem(name)).once === taken) localStorage.removeItem(name);
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const place = START + form.dataset.autosave;
  const status = form.querySelector("[data-saved]");
  let timer;

  const held = (field) => (field.type === "checkbox" ? "checked" : "value");
  const fields = () => [...form.elements].filter((field) => field.id && field.name && !LEFT_OUT.includes(field.type)
    && (field.type !== "hidden" || field.name.endsWith("version")));
  const typed = () => Object.fromEntries(fields().map((field) => [field.id, field[held(field)]]));
  const keep = () => localStorage.setItem(place, JSON.stringify({ once: form.elements.once?.value, typed: typed() }));
  const forget = () => localStorage.removeItem(place);

  const restore = () => {
    const { typed: kept } = JSON.parse(localStorage.getItem(place) ?? "{}");
    if (!kept || form.querySelector("[aria-invalid=true]")) return;
    const other = fields().filter((field) => field.id in kept && field[held(field)] !== kept[field.id]);
    if (!other.some((field) => field.type !== "hidden")) return forget();
    for (const field of other) field[held(field)] = kept[field.id];
    keep();
    form.querySelector("[data-restored]")?.removeAttribute("hidden");
  };

  const send = async () => {
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const body = await answer.json();
      if (status) status.textContent = body.ok ? body.saved : body.message;
      if (body.ok) forget();
    } catch {
      if (status) status.textContent = status.dataset.waiting ?? "";
    }
  };

  form.addEventListener("input", () => {
    keep();
    clearTimeout(timer);
    if (form.dataset.autosaveUrl) timer = setTimeout(send, AFTER);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  form.addEventListener("reset", forget);
  restore();
}
