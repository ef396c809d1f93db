// The chat page: shows what the sandbox's far side holds, and does what a person with a phone does.

const $ = (selector) => document.querySelector(selector);
const log = $("#log");
const state = { people: [], chats: {}, person: null, chat: null };

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

async function act(name, body) {
  const answer = await fetch(`/sandbox/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) toast(result.error);
  return result;
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// --- messages

function bubble(message) {
  const box = element("div", { className: "bubble", dir: "auto" });
  box.innerHTML = message.html; // made safe by the server; nothing else is ever set as HTML
  for (const command of box.querySelectorAll(".command")) {
    command.tabIndex = 0;
    command.setAttribute("role", "button");
    command.addEventListener("click", () => say(command.textContent));
    command.addEventListener("keydown", (event) => event.key === "Enter" && say(command.textContent));
  }
  if (message.photo) box.prepend(element("img", { src: message.photo, alt: message.text || "Image", loading: "lazy" }));
  if (message.document) {
    const link = element("a", { href: message.document.url, textContent: message.document.name, download: message.document.name });
    box.prepend(element("p", { className: "document" }, "Document : ", link));
  }
  return box;
}

function button(message, shown) {
  if (shown.url) return element("a", { href: shown.url, target: "_blank", rel: "noopener noreferrer", textContent: shown.text, dir: "auto" });
  const made = element("button", { type: "button", textContent: shown.text, dir: "auto" });
  made.addEventListener("click", () => {
    showTyping();
    act("press", { person: state.person, chat: state.chat, message: message.id, data: shown.data });
  });
  return made;
}

function render(message) {
  const mine = message.from === state.person;
  const item = element("li", { className: mine ? "message mine" : "message" });
  item.dataset.id = message.id;
  if (!mine && message.from !== "bot") item.append(element("p", { className: "who", textContent: message.name }));
  item.append(bubble(message));
  if (message.buttons.length) {
    const rows = message.buttons.map((row) => element("div", { className: "row" }, ...row.map((one) => button(message, one))));
    item.append(element("div", { className: "buttons" }, ...rows));
  }
  const hour = new Date(message.date * 1000).toLocaleTimeString("fr", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  item.append(element("p", { className: "when", textContent: `${hour} UTC${message.edited ? ", modifié" : ""}` }));
  return item;
}

function place(message) {
  const old = log.querySelector(`[data-id="${message.id}"]`);
  if (old) old.replaceWith(render(message));
  else log.append(render(message));
  if (message.from === "bot") $("#typing").hidden = true;
  log.scrollTop = log.scrollHeight;
}

async function openChat() {
  const { messages } = await ask(`/sandbox/messages?person=${state.person}&chat=${state.chat}`);
  log.replaceChildren(...messages.map(render));
  log.scrollTop = log.scrollHeight;
  $("#menu").hidden = true;
}

// --- what a person does

function showTyping() {
  $("#typing").hidden = false;
  setTimeout(() => { $("#typing").hidden = true; }, 4000);
}

async function say(text) {
  if (!text.trim()) return;
  showTyping();
  await act("send", { person: state.person, chat: state.chat, text });
}

$("#composer").addEventListener("submit", (event) => {
  event.preventDefault();
  say($("#text").value);
  $("#text").value = "";
});

$("#text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("#composer").requestSubmit();
  }
});

$("#attach").addEventListener("change", (event) => {
  if (event.target.value) act("attach", { person: state.person, chat: state.chat, kind: event.target.value });
  event.target.value = "";
});

$("#commands").addEventListener("click", async () => {
  const menu = $("#menu");
  menu.hidden = !menu.hidden;
  $("#commands").setAttribute("aria-expanded", String(!menu.hidden));
  if (menu.hidden) return;
  const { commands } = await ask(`/sandbox/commands?person=${state.person}&chat=${state.chat}`);
  const items = commands.map(({ command, description }) => {
    const made = element("button", { type: "button", dir: "auto" }, element("b", { textContent: `/${command}` }), ` ${description}`);
    made.addEventListener("click", () => { menu.hidden = true; say(`/${command}`); });
    return element("li", {}, made);
  });
  menu.firstElementChild.replaceChildren(...items);
  menu.querySelector("button")?.focus();
});

$("#block").addEventListener("click", async () => {
  const person = state.people.find((one) => one.id === state.person);
  await act("block", { person: person.id, blocked: !person.blocked });
});

for (const move of document.querySelectorAll("[data-advance]")) {
  move.addEventListener("click", async () => {
    const seconds = Number(move.dataset.advance);
    showClock(await act("clock", seconds ? { advance_seconds: seconds } : { to: move.dataset.advance }));
  });
}

// --- who and where

function options(select, items, chosen) {
  select.replaceChildren(...items.map(([value, label]) => element("option", { value, textContent: label, selected: value === chosen })));
}

function showPeople() {
  const roles = { staff: "équipe", applicant: "candidat" };
  options($("#people"), state.people.map((one) => [one.id, `${one.name} (${roles[one.role] ?? one.role})`]), state.person);
  const chats = state.chats[state.person] ?? [];
  options($("#chats"), chats.map((one) => [one.id, one.type === "private" ? "la conversation avec le bot" : one.title]), state.chat);
  const blocked = state.people.find((one) => one.id === state.person)?.blocked ?? false;
  $("#block").setAttribute("aria-pressed", String(blocked));
  $("#block").textContent = blocked ? "Débloquer le bot" : "Bloquer le bot";
}

function showClock(clock) {
  if (!clock.label) return;
  $("#now").textContent = clock.label.replace(/[\u2068\u2069]/g, "");
  $("#now").dateTime = clock.now;
}

$("#people").addEventListener("change", (event) => {
  state.person = Number(event.target.value);
  state.chat = state.person;
  showPeople();
  openChat();
});

$("#chats").addEventListener("change", (event) => {
  state.chat = Number(event.target.value);
  openChat();
});

// --- what happens meanwhile

function toast(text) {
  $("#toast").textContent = text;
  $("#toast").hidden = false;
  setTimeout(() => { $("#toast").hidden = true; }, 4000);
}

const happenings = {
  message: (event) => event.chat === state.chat && place(event.message),
  edited: (event) => event.chat === state.chat && place(event.message),
  deleted: (event) => event.chat === state.chat && log.querySelector(`[data-id="${event.message_id}"]`)?.remove(),
  typing: (event) => event.chat === state.chat && showTyping(),
  clock: (event) => showClock(event.clock),
  people: () => refresh(),
  toast: (event) => {
    if (event.person !== state.person) return;
    if (!event.alert) return toast(event.text);
    $("#alert p").textContent = event.text;
    $("#alert").showModal();
  },
};

async function refresh() {
  const fresh = await ask("/sandbox/state");
  Object.assign(state, { people: fresh.people, chats: fresh.chats });
  state.person ??= fresh.people[0]?.id;
  state.chat ??= state.person;
  showPeople();
  showClock(fresh.clock);
}

function listen() {
  const events = new EventSource("/sandbox/events");
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    happenings[event.type]?.(event);
  };
  // After a lost connection the page may have missed something: it reads the whole chat again.
  events.onopen = () => refresh().then(openChat);
}

listen();
setInterval(() => ask("/sandbox/state").then((fresh) => showClock(fresh.clock)).catch(() => {}), 30000);
