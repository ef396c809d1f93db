// How a message looks: its text, its file, what it answers, its buttons, and what may be done with it.

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function operable(node, name, act) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  if (name) node.setAttribute("aria-label", name);
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}

function reveal(hidden) {
  operable(hidden, "Texte caché : afficher", () => {
    hidden.classList.add("shown");
    hidden.removeAttribute("aria-label");
    hidden.removeAttribute("role");
    hidden.removeAttribute("tabindex");
  });
}

// What has a direction of its own does not count for the direction of what it stands in, which is that of the text.
function quote({ id, name, text }, goTo) {
  const made = element("p", { className: "quote", dir: "auto" }, element("b", { textContent: name, dir: "auto" }), ` ${text}`);
  operable(made, `En réponse à ${name} : ${text}`, () => goTo(id));
  return made;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} o` : bytes < 1048576 ? `${Math.round(bytes / 1024)} Ko` : `${(bytes / 1048576).toFixed(1)} Mo`;
}

function bubble(message, does) {
  const box = element("div", { className: "bubble", dir: "auto" });
  box.innerHTML = message.html; // made safe by the server; nothing else is ever set as HTML
  for (const command of box.querySelectorAll(".command")) operable(command, "", () => does.say(command.textContent));
  box.querySelectorAll(".spoiler").forEach(reveal);
  for (const block of box.querySelectorAll("blockquote, pre")) {
    const after = block.nextSibling; // the line ends with the block
    if (after?.nodeType === Node.TEXT_NODE) after.data = after.data.replace(/^\n/, "");
  }
  if (message.photo) {
    const { url: src, width, height } = message.photo; // its size keeps what follows in place while it loads
    box.prepend(element("img", { src, width, height, alt: message.text || "Image" }));
  }
  if (message.document) {
    const { url, name, size: bytes } = message.document;
    const link = element("a", { href: url, textContent: name, download: name, dir: "auto" });
    box.prepend(element("p", { className: "document", dir: "ltr" }, "Document : ", link, ` (${size(bytes)})`));
  }
  if (message.answers) box.prepend(quote(message.answers, does.goTo));
  if (message.forwarded) box.prepend(element("p", { className: "forwarded", dir: "ltr", textContent: `Transféré de ${message.forwarded}` }));
  return box;
}

function button(message, shown, does) {
  if (shown.url) return element("a", { href: shown.url, target: "_blank", rel: "noopener noreferrer", textContent: shown.text, dir: "auto" });
  const made = element("button", { type: "button", textContent: shown.text, dir: "auto" });
  made.addEventListener("click", () => does.press(message, shown.data));
  return made;
}

function action(label, about, act) {
  const made = element("button", { type: "button", className: "action", textContent: label, ariaLabel: `${label} : ${about}` });
  made.addEventListener("click", act);
  return made;
}

function footer(message, mine, does) {
  const hour = new Date(message.date * 1000).toLocaleTimeString("fr", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const state = [`${hour} UTC`, message.edited && "modifié", message.pinned && "épinglé"].filter(Boolean).join(", ");
  const about = (message.text || message.document?.name || "image").slice(0, 40);
  const line = element("p", { className: "when" }, `${state} `, action("Répondre", about, () => does.answer(message)));
  if (mine && message.text) line.append(" ", action("Modifier", about, () => does.edit(message)));
  return line;
}

export function render(message, person, does) {
  const mine = message.from === person;
  const item = element("li", { className: mine ? "message mine" : "message" });
  item.dataset.id = message.id;
  item.dataset.topic = message.topic ?? "";
  if (!mine && message.from !== "bot") item.append(element("p", { className: "who", textContent: message.name, dir: "auto" }));
  item.append(bubble(message, does));
  if (message.buttons.length) {
    const rows = message.buttons.map((row) => element("div", { className: "row" }, ...row.map((one) => button(message, one, does))));
    item.append(element("div", { className: "buttons" }, ...rows));
  }
  item.append(footer(message, mine, does));
  return item;
}
