// <form data-sum-of="346"> with inputs [data-part]: [data-sum] shows what they make, [data-left] what is nobody's.
// Exact: counted in millionths with BigInt. The server checks again.

const PLACES = 6;

function read(written) {
  const match = /^\s*(-?)(\d+)(?:\.(\d{1,6}))?\s*$/.exec(written.replaceAll(",", "").replaceAll("，", ""));
  if (!match) return 0n;
  const size = BigInt(match[2] + (match[3] ?? "").padEnd(PLACES, "0"));
  return match[1] ? -size : size;
}

function write(count) {
  const digits = String(count < 0n ? -count : count).padStart(PLACES + 1, "0");
  const whole = digits.slice(0, -PLACES).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = digits.slice(-PLACES).replace(/0+$/, "");
  return `${count < 0n ? "−" : ""}${whole}${rest ? `.${rest}` : ""}`;
}

for (const form of document.querySelectorAll("form[data-sum-of]")) {
  const show = () => {
    let sum = 0n;
    for (const part of form.querySelectorAll("[data-part]")) sum += read(part.value);
    const left = read(form.dataset.sumOf) - sum;
    for (const place of form.querySelectorAll("[data-sum]")) place.textContent = write(sum);
    for (const place of form.querySelectorAll("[data-left]")) place.textContent = write(left);
    form.classList.toggle("uneven", left !== 0n);
  };
  form.addEventListener("input", show);
  show();
}
