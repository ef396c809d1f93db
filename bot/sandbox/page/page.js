// The chat page: shows what the sandbox's far side holds, and does what a person with a phone does.

import * as composer from "./composer.js";
import { element, render } from "./message.js";

const $ = (selector) => document.querySelector(selector);
const log = $("#log");
const ALL = "all"; // the topic that stands for every topic of a forum
const GENERAL = "Général"; // what Telegram calls the topic of what stands in none
const state = { people: [], groups: [], chats: {}, person: null, chat: null, topic: ALL };

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

async function post(name, body) {
  const answer = await fetch(`/sandbox/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) toast(result.error);
  return result;
}

// What this person does in this chat; what answers nothing goes to the topic that is shown.
async function act(name, body) {
  showTyping();
  const topic = state.topic === ALL || body.reply_to ? "" : state.topic;
  const result = await post(name, { person: state.person, chat: state.chat, thread: Number(topic) || null, ...body });
  if (result.error) $("#typing").hidden = true;
}

// --- messages

const does = {
  say: (text) => act("send", { text }),
  press: (message, data) => act("press", { message: message.id, data }),
  answer: composer.answer,
  edit: composer.edit,
  goTo: (id) => {
    const message = log.querySelector(`[data-id="${id}"]`);
    message?.scrollIntoView({ block: "center" });
    message?.querySelector(".action").focus();
  },
};

const topics = () => place().topics ?? [];
const place = () => (state.chats[state.person] ?? []).find((one) => one.id === state.chat) ?? {};

function isShown(message) {
  return state.topic === ALL || String(message.topic ?? "") === state.topic;
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

// The newest message stays in sight where it was, also when a line above or below makes the log smaller.
let atEnd = true;
log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 2; });
new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(log);

// In a forum where all topics are shown, each change of topic has its heading.
function heading({ topic, topic_name: name }) {
  const last = [...log.querySelectorAll(".message")].at(-1)?.dataset.topic;
  if (!place().forum || state.topic !== ALL || last === String(topic ?? "")) return [];
  return [element("li", { className: "topic" }, element("h2", { textContent: name ?? GENERAL, dir: "auto" }))];
}

function put(message) {
  const old = log.querySelector(`[data-id="${message.id}"]`);
  const made = render(message, state.person, does);
  if (old) return old.replaceWith(made);
  log.append(...heading(message), made);
  toEnd();
}

let opening = 0; // which opening of a chat is under way, or was the last
let meanwhile = null; // what was said while it is

async function openChat() {
  const mine = ++opening;
  meanwhile = [];
  const { messages } = await ask(`/sandbox/messages?person=${state.person}&chat=${state.chat}`);
  if (mine !== opening) return;
  log.replaceChildren();
  [...messages, ...meanwhile].filter(isShown).forEach(put);
  meanwhile = null;
  toEnd();
  $("#menu").hidden = true;
  read(state.chat);
}

function remove(id) {
  const item = log.querySelector(`[data-id="${id}"]`);
  item?.replaceWith(element("li", { className: "deleted", textContent: "Message supprimé" }));
}

// --- what a person does

let typing;

function showTyping() {
  $("#typing").hidden = false;
  clearTimeout(typing);
  typing = setTimeout(() => { $("#typing").hidden = true; }, 4000);
}

$("#commands").addEventListener("click", async () => {
  const menu = $("#menu");
  menu.hidden = !menu.hidden;
  $("#commands").setAttribute("aria-expanded", String(!menu.hidden));
  if (menu.hidden) return;
  const { commands } = await ask(`/sandbox/commands?person=${state.person}&chat=${state.chat}`);
  const items = commands.map(({ command, description }) => {
    const made = element("button", { type: "button", dir: "auto" }, element("b", { textContent: `/${command}` }), ` ${description}`);
    made.addEventListener("click", () => { menu.hidden = true; does.say(`/${command}`); });
    return element("li", {}, made);
  });
  menu.firstElementChild.replaceChildren(...items);
  menu.querySelector("button")?.focus();
});

$("#block").addEventListener("click", async () => {
  const person = state.people.find((one) => one.id === state.person);
  await post("block", { person: person.id, blocked: !person.blocked });
});

for (const move of document.querySelectorAll("[data-advance]")) {
  move.addEventListener("click", async () => {
    const seconds = Number(move.dataset.advance);
    showClock(await post("clock", seconds ? { advance_seconds: seconds } : { to: move.dataset.advance }));
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
  showTopics();
  const blocked = state.people.find((one) => one.id === state.person)?.blocked ?? false;
  $("#block").setAttribute("aria-pressed", String(blocked));
  $("#block").textContent = blocked ? "Débloquer le bot" : "Bloquer le bot";
}

function showTopics() {
  if (state.topic && !topics().some((one) => String(one.id) === state.topic)) state.topic = ALL;
  $("#topic").hidden = !place().forum;
  options($("#topics"), [[ALL, "tous"], ["", GENERAL], ...topics().map((one) => [String(one.id), one.name])], state.topic);
  const topic = topics().find((one) => String(one.id) === state.topic)?.name ?? GENERAL;
  $("#text").placeholder = place().forum ? `Message dans « \u2068${topic}\u2069 »` : "Votre question";
}

function showClock(clock) {
  if (!clock.label) return;
  $("#now").textContent = clock.label.replace(/[\u2068\u2069]/g, "");
  $("#now").dateTime = clock.now;
}

function go(person, chat) {
  Object.assign(state, { person, chat, topic: ALL });
  composer.clear();
  $("#typing").hidden = true;
  log.replaceChildren();
  showPeople();
  return openChat();
}

$("#people").addEventListener("change", (event) => go(Number(event.target.value), Number(event.target.value)));

$("#chats").addEventListener("change", (event) => go(state.person, Number(event.target.value)));

$("#topics").addEventListener("change", (event) => {
  state.topic = event.target.value;
  composer.clear();
  showTopics();
  openChat();
});

// --- what was said elsewhere

const unread = new Set();

function read(chat) {
  unread.delete(chat);
  showNews();
}

function showNews() {
  const items = [...unread].map((chat) => {
    const group = state.groups.find((one) => one.id === chat);
    const reader = group ? (group.members.includes(state.person) ? state.person : group.members[0]) : chat;
    const name = group?.title ?? state.people.find((one) => one.id === chat)?.name ?? "…";
    const made = element("button", { type: "button", textContent: name, dir: "auto" });
    made.addEventListener("click", () => go(reader, chat).then(() => log.focus()));
    return element("li", {}, made);
  });
  $("#news").hidden = !items.length;
  $("#news ul").replaceChildren(...items);
}

// --- what happens meanwhile

function toast(text) {
  $("#toast").textContent = text;
  $("#toast").hidden = false;
  setTimeout(() => { $("#toast").hidden = true; }, 4000);
}

const happenings = {
  message: ({ chat, message }) => {
    if (!message) return;
    if (chat === state.chat && meanwhile) meanwhile.push(message);
    else if (chat === state.chat && isShown(message)) put(message);
    else if (message.from !== state.person) { unread.add(chat); showNews(); }
    if (chat === state.chat && message.from === "bot") $("#typing").hidden = true;
  },
  edited: ({ chat, message }) => {
    if (chat !== state.chat || !message) return;
    if (isShown(message)) put(message);
    if (message.from === "bot") $("#typing").hidden = true;
  },
  deleted: (event) => event.chat === state.chat && remove(event.message_id),
  topics: () => refresh(),
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
  Object.assign(state, { people: fresh.people, groups: fresh.groups, chats: fresh.chats });
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

composer.listen(act);
listen();
setInterval(() => ask("/sandbox/state").then((fresh) => showClock(fresh.clock)).catch(() => {}), 30000);
