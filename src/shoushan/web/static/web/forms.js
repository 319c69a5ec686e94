// A form is sent once: its buttons rest until the answer comes. The error summary takes focus.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After the browser has read the pressed button's name and value.
  setTimeout(() => rest(form, true));
});

// Coming back with the browser's button: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    rest(form, false);
  }
});

function rest(form, resting) {
  form.toggleAttribute("aria-busy", resting);
  for (const button of form.querySelectorAll("button")) button.disabled = resting;
}

document.querySelector("[data-focus]")?.focus();

for (const box of document.querySelectorAll("[data-all]")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const one of box.form.querySelectorAll(`input[name="${box.dataset.all}"]`)) one.checked = box.checked;
  });
}

// Controls that mean nothing without JavaScript are hidden until here.
for (const control of document.querySelectorAll("[data-print]")) {
  control.hidden = false;
  control.addEventListener("click", () => window.print());
}
