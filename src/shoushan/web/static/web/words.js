// Words selected in a document fill a form. The text stands in [data-words]; each piece of it carries
// data-at, its offset in the original in characters; the form [data-words-form] has start and words.

const text = document.querySelector("[data-words]");
const form = document.querySelector("[data-words-form]");

// Offset of a point in the original: characters, as Python counts them, not UTF-16 units.
function offset(node, place) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const piece = element.closest("[data-at]") ?? text;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, place);
  return Number(piece.dataset.at ?? 0) + [...before.toString()].length;
}

function take() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  form.elements.start.value = offset(range.startContainer, range.startOffset);
  form.elements.words.value = range.toString();
  form.hidden = false;
}

if (text && form) document.addEventListener("selectionchange", take);

// A thing on the right and its words on the left light up together.
document.addEventListener("focusin", (event) => light(event.target));
document.addEventListener("mouseover", (event) => light(event.target));

function light(target) {
  const thing = target.closest?.("[data-passage]");
  if (!thing || !text) return;
  for (const lit of text.querySelectorAll("mark.here")) lit.classList.remove("here");
  const mark = document.getElementById(thing.dataset.passage);
  mark?.classList.add("here");
  if (thing.contains(document.activeElement)) mark?.scrollIntoView({ block: "nearest" });
}
