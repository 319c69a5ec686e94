// <form data-autosave="KEY" data-autosave-url="…"> keeps unsent input in this browser and, where there is an
// address, sends it a second after the last key. The answer {"ok": true, "saved": "…"} or {"ok": false, "message": "…"}
// is shown in the form's [data-saved]. What was kept and never sent comes back with the page; [data-restored] says so.

const AFTER = 1000;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "once"]);

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const place = `shoushan.form.${form.dataset.autosave}`;
  const status = form.querySelector("[data-saved]");
  let timer;

  const typed = () => {
    const values = {};
    for (const field of form.elements) {
      if (!field.name || LEFT_OUT.has(field.name) || ["file", "password", "hidden", "submit", "radio", "checkbox"].includes(field.type)) continue;
      values[field.name] = field.value;
    }
    return values;
  };

  const restore = () => {
    const kept = JSON.parse(localStorage.getItem(place) ?? "null");
    if (!kept || form.querySelector("[aria-invalid=true]")) return;
    let changed = false;
    for (const [name, value] of Object.entries(kept)) {
      const field = form.elements[name];
      if (field && "value" in field && field.value !== value) {
        field.value = value;
        changed = true;
      }
    }
    const said = form.querySelector("[data-restored]");
    if (said && changed) said.hidden = false;
  };

  const send = async () => {
    try {
      const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const body = await answer.json();
      if (status) status.textContent = body.ok ? body.saved : body.message;
      if (body.ok) localStorage.removeItem(place);
    } catch {
      if (status) status.textContent = status.dataset.waiting ?? "";
    }
  };

  form.addEventListener("input", () => {
    localStorage.setItem(place, JSON.stringify(typed()));
    clearTimeout(timer);
    if (form.dataset.autosaveUrl) timer = setTimeout(send, AFTER);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    localStorage.removeItem(place);
  });
  restore();
}
