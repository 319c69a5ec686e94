// Keys: j k move in a list marked data-queue, or to what is marked data-next and data-before, y n press data-yes and data-no, g and a letter go to a page,
// [ ] earlier and later, / search, ? help, Esc closes. They can be switched off (WCAG 2.1.4).

const PAGES = { t: "today", y: "year", g: "goals", l: "letters", r: "returns", v: "verify", w: "warnings", m: "meetings", a: "assessment" };
const GO_WITHIN = 1500;
const STORE = "shoushan.keys";
let going = 0;

const isOff = () => localStorage.getItem(STORE) === "off";
const items = () => [...document.querySelectorAll("[data-queue] > li, [data-queue] > tr")];
const here = () => document.querySelector("[data-queue] > .here");

function move(step, beside) {
  if (document.querySelector(beside)) return press(beside);
  const all = items();
  if (!all.length) return;
  const next = all[Math.min(Math.max(all.indexOf(here()) + step, 0), all.length - 1)];
  here()?.classList.remove("here");
  next.classList.add("here");
  (next.querySelector("a, button") ?? next).focus();
}

function press(selector) {
  (here()?.querySelector(selector) ?? document.querySelector(selector))?.click();
}

const seen = (selector) => [...document.querySelectorAll(selector)].find((link) => link.offsetParent)?.click();
const DOES = {
  j: () => move(1, "[data-next]"),
  k: () => move(-1, "[data-before]"),
  y: () => press("[data-yes]"),
  n: () => (press("[data-no]"), document.querySelector("[open] [name=reason]")?.focus()),
  e: () => press("[data-edit]"),
  "[": () => press("[rel=prev]"), "]": () => press("[rel=next]"),
  ...(document.querySelector(".run") && { ArrowLeft: () => seen("[rel=prev]"), ArrowRight: () => seen("[rel=next]") }),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => location.assign("/help/"),
  Escape: () => press("[data-close]"),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (isOff() || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (going && Date.now() - going < GO_WITHIN && PAGES[event.key]) {
    going = 0;
    document.querySelector(`.side a[data-key="${PAGES[event.key]}"]`)?.click();
    return;
  }
  going = event.key === "g" ? Date.now() : 0;
  if (DOES[event.key]) {
    event.preventDefault();
    DOES[event.key]();
  }
});

for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const show = () => {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(!isOff()));
    button.textContent = isOff() ? button.dataset.off : button.dataset.on;
  };
  button.addEventListener("click", () => {
    localStorage.setItem(STORE, isOff() ? "on" : "off");
    show();
  });
  show();
}
