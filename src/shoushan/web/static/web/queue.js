// <form data-queue="unit on"> is kept in this browser until the server has taken it; the fields named keep their value
// for the next form. With data-queue-offline it is an ordinary form wherever there is a network. What was written is
// stored with its files, its account and a key of its own before anything is sent. All tabs together send one at a time
// (Web Locks); a form is forgotten only at {"ok": true}, and the key makes sending it again harmless (@once). What the
// server refuses stays with its reason, and ?mend=KEY opens it again.
import { forget, keep, kept } from "./kept.js";

const UNSENT = new Set(["csrfmiddlewaretoken", "once"]);
const PATIENCE = 60_000;
const strip = document.querySelector("[data-strip]");
const says = { ...strip?.dataset, account: document.body.dataset.account };
const forms = [...document.querySelectorAll("form[data-queue]")];
const tabs = window.BroadcastChannel && new BroadcastChannel("shoushan.queue");
const address = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).href;
let sent = 0;
let note = "";
let leaving = "";

async function show() {
  const all = await kept();
  const mine = all.filter((entry) => entry.account === says.account);
  const back = mine.filter((entry) => entry.reason);
  const counts = [[mine.length - back.length, says.waiting], [back.length, says.back], [all.length - mine.length, says.elsewhere], [sent, says.sent]];
  const told = [...counts.filter(([count]) => count).map(([count, words]) => words.replace("{n}", count)), note].filter(Boolean).join(" · ");
  const status = strip.querySelector("[role=status]");
  if (status.textContent !== told) status.textContent = told;
  strip.querySelector("[data-send]").hidden = !mine.length;
  strip.querySelector("[data-returned]").replaceChildren(...back.map(refused));
}

function changed() {
  tabs?.postMessage("");
  return show();
}

function refused(entry) {
  const row = strip.querySelector("template").content.cloneNode(true).firstElementChild;
  row.querySelector("[data-title]").textContent = entry.title;
  row.querySelector("[data-reason]").textContent = entry.reason;
  row.querySelector("a").href = `${entry.page}${entry.page.includes("?") ? "&" : "?"}mend=${entry.key}`;
  row.querySelector("button").addEventListener("click", async () => {
    if (confirm(says.sure.replace("{title}", entry.title))) await forget(entry.key).then(changed);
  });
  return row;
}

// Whether the next one may be tried: not without a network, and not before signing in.
async function deliver(entry) {
  const token = /(?:^|; )(?:__Host-)?csrf=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  const headers = { Accept: "application/json", "X-CSRFToken": token, "Shoushan-Account": entry.account };
  const body = new FormData();
  for (const [name, value] of [...entry.entries, ["once", entry.key]]) body.append(name, value);
  const answer = token && await fetch(entry.action, { method: "POST", body, headers, signal: AbortSignal.timeout?.(PATIENCE) });
  note = !token || answer.redirected ? says.signIn : "";
  if (note || answer.status >= 500 || answer.status === 429) return false;
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    const taken = await answer.json();
    if (!taken.ok) return false;
    await forget(entry.key);
    sent += 1;
    if (leaving === entry.key) location.assign(taken.location);
    return true;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = [...page.querySelectorAll(".errors li, .refusal p, main.alone > p:first-of-type")];
  // a page that is not ours, as a hotel's network answers, is no refusal
  if (!said.length && answer.ok) return false;
  await keep({ ...entry, reason: said.map((each) => each.textContent.trim()).join(" ") || `HTTP ${answer.status}` });
  return true;
}

// Those that came back are tried again only when somebody asks for it.
async function send(all = false) {
  await navigator.locks.request("shoushan.queue", async () => {
    for (const entry of await kept()) {
      if (entry.account !== says.account || (entry.reason && !all)) continue;
      if (!(await deliver(entry).catch(() => false))) break;
      await changed();
    }
  });
  await changed();
}

async function take(event) {
  const form = event.target;
  if ("queueOffline" in form.dataset && navigator.onLine) return;
  event.preventDefault();
  const key = form.elements.once.value;
  const title = [form.dataset.line, form.elements.name?.value].filter(Boolean).join(" ") || document.title;
  const entries = [...new FormData(form, event.submitter)].filter(([name, value]) => !UNSENT.has(name) && value.size !== 0);
  try {
    await keep({ key, account: says.account, action: address(form), page: location.pathname + location.search, title, entries, at: Date.now() });
  } catch {
    note = says.full;
    return navigator.onLine ? form.submit() : show();
  }
  navigator.storage?.persist?.();
  if (!form.dataset.queue) leaving = key;
  next(form);
  await changed();
  await send();
}

function next(form) {
  const stays = form.dataset.queue.split(" ").map((name) => form.elements[name]).filter(Boolean).map((field) => [field, field.value]);
  form.reset();
  for (const [field, value] of stays) field.value = value;
  form.elements.once.value = crypto.randomUUID();
  if (stays.length) scrollTo(0, 0);
}

async function mend(key) {
  const entry = (await kept()).find((one) => one.key === key && one.account === says.account);
  const form = entry && forms.find((one) => address(one) === entry.action);
  for (const [name, value] of form ? entry.entries : []) {
    const field = form.elements[name];
    if (value instanceof File) {
      const files = new DataTransfer();
      files.items.add(value);
      field.files = files.files;
    } else if (field?.type === "checkbox") field.checked = true;
    else if (field && name !== "version") field.value = value;
  }
  if (form) form.elements.once.value = key;
  form?.dispatchEvent(new Event("restored"));
  history.replaceState(null, "", location.href.replace(/[?&]mend=[^&]*/, ""));
}

async function begin() {
  for (const form of forms) {
    form.elements.once.value = crypto.randomUUID();
    form.addEventListener("submit", take);
  }
  strip.querySelector("[data-send]").addEventListener("click", () => send(true));
  window.addEventListener("online", () => send());
  setInterval(() => send(), PATIENCE);
  if (tabs) tabs.onmessage = show;
  const wanted = new URLSearchParams(location.search).get("mend");
  if (wanted) await mend(wanted);
  await show();
  await send();
}

// The page of the field, kept for times without a network, belongs to whoever is signed in.
if (strip && !says.account) window.caches?.delete("field");
// Without https a browser offers none of this, and the forms are ordinary forms.
if (strip && window.indexedDB && navigator.locks && crypto.randomUUID) begin();
