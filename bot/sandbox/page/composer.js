// What is being written: a text, to whom it answers or what it corrects, and the file that goes with it.

const $ = (selector) => document.querySelector(selector);
const draft = { answers: null, edits: null, file: null };
const NAMES = { photo: "Photo d'exemple", document: "Document d'exemple" };

function show() {
  const about = draft.edits ?? draft.answers;
  $("#context").hidden = !about;
  if (about) $("#context span").textContent = `${draft.edits ? "Correction" : `Réponse à ${about.name}`} : ${(about.text || "image").slice(0, 80)}`;
  $("#attached").hidden = !draft.file;
  if (draft.file) $("#attached span").textContent = draft.file.name;
  $("#send").textContent = draft.edits ? "Corriger" : "Envoyer";
}

export function clear() {
  if (draft.edits) $("#text").value = "";
  Object.assign(draft, { answers: null, edits: null, file: null });
  show();
}

export function answer(message) {
  Object.assign(draft, { answers: message, edits: null });
  show();
  $("#text").focus();
}

export function edit(message) {
  Object.assign(draft, { answers: null, edits: message, file: null });
  $("#text").value = message.text;
  show();
  $("#text").focus();
}

function attach(file) {
  draft.file = file;
  draft.edits = null;
  show();
  $("#text").focus();
}

function read(file) {
  const reader = new FileReader();
  reader.onload = () => attach({ name: file.name, content: reader.result.split(",")[1] ?? "" });
  reader.readAsDataURL(file);
}

// Hands over what was written as the name of an act of the sandbox and what belongs to it, and begins anew.
function take(text) {
  const { answers, edits, file } = draft;
  const where = answers ? { reply_to: answers.id } : {};
  if (edits) return text.trim() ? ["edit", { message: edits.id, text }] : null;
  if (file?.kind) return ["attach", { kind: file.kind, caption: text, ...where }];
  if (file) return ["attach", { file, caption: text, ...where }];
  return text.trim() ? ["send", { text, ...where }] : null;
}

export function listen(act) {
  $("#composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const taken = take($("#text").value);
    if (!taken) return;
    act(...taken);
    $("#text").value = "";
    clear();
  });
  $("#text").addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $("#composer").requestSubmit();
  });
  $("#context button").addEventListener("click", () => {
    if (draft.edits) $("#text").value = "";
    Object.assign(draft, { answers: null, edits: null });
    show();
    $("#text").focus();
  });
  $("#attached button").addEventListener("click", () => attach(null));
  $("#attach").addEventListener("change", ({ target }) => {
    if (target.value === "file") $("#file").click();
    else if (target.value in NAMES) attach({ kind: target.value, name: NAMES[target.value] });
    else if (target.value) act("attach", { kind: target.value });
    target.value = "";
  });
  $("#file").addEventListener("change", ({ target }) => {
    if (target.files[0]) read(target.files[0]);
    target.value = "";
  });
}
