// The phone of a demo: presses its keys over HTTP and shows what the network brings, asked for as news after
// a number. All that came over the air is shown as text, never as markup.
"use strict";

(() => {
  const words = {
    ru: {
      title: "Kabinet: телефон", language: "Язык страницы", phone: "Телефон",
      number_of_phone: "Номер этого телефона:", keypad: "Набор", messages: "Сообщения",
      conversation: "Переписка", what_phone_does: "Что показывает телефон",
      number: "Номер или код", dial_hint: "{menu} и вызов", call: "Вызов", hang_up: "Отбой",
      backspace: "Стереть знак", star: "звездочка", hash: "решетка", compose: "Написать",
      no_threads: "Сообщений пока нет.", back: "Назад к сообщениям", to: "Кому", to_hint: "короткий номер",
      text: "Текст сообщения", send: "Отправить", cancel: "Отмена", ok: "ОК", answer: "Ответ",
      ussd: "USSD", running: "Выполняется запрос…", over: "Сеанс закончен.",
      no_answer: "Сеть не ответила.", refused: "Сеть отказала, статус {status}.",
      no_reply: "На это имя ответить нельзя: оно только отправляет.",
      new_message: "Новое сообщение", message: "SMS от {who}", sent: "SMS на {who}", you: "Вы: ",
      network: "В сети", no_network: "Нет сети",
      ended: "Демонстрация закончилась", gone: "Нет связи", connecting: "…",
      no_voice: "Говорить этот телефон не умеет. Наберите код, например {menu}.",
      whom: "Укажите номер из цифр, например {short}.", bad: "Не принято: {status}.",
      try: "Попробуйте", log: "Что прошло по сети", no_log: "Пока ничего.",
      dialled: "Набор", screen: "Экран", screen_asks: "Экран, ждет ответа", link_up: "Шлюз подключен",
      link_down: "Шлюз отключен", not_taken: "Шлюз не принял", not_shown: "Центр отклонил",
      characters: "Знаков: {n}", septets: "септетов: {n} из {most}", octets: "октетов: {n} из {most}",
      unread: "непрочитано: {n}",
      try_menu: "Личный кабинет", try_password: "Новый пароль", try_sms: "Новый пароль по SMS",
      try_own: "Свой пароль по SMS", try_voucher: "Ваучер для пополнения",
    },
    en: {
      title: "Kabinet: a phone", language: "Language of the page", phone: "Phone",
      number_of_phone: "Number of this phone:", keypad: "Keypad", messages: "Messages",
      conversation: "Conversation", what_phone_does: "What the phone shows",
      number: "Number or code", dial_hint: "{menu} and call", call: "Call", hang_up: "Hang up",
      backspace: "Delete a character", star: "star", hash: "hash", compose: "New",
      no_threads: "No messages yet.", back: "Back to messages", to: "To", to_hint: "a short number",
      text: "Text of the message", send: "Send", cancel: "Cancel", ok: "OK", answer: "Answer",
      ussd: "USSD", running: "Code running…", over: "The session is over.",
      no_answer: "The network gave no answer.", refused: "The network refused with status {status}.",
      no_reply: "This name can't be answered: it only sends.",
      new_message: "New message", message: "SMS from {who}", sent: "SMS to {who}", you: "You: ",
      network: "Network", no_network: "No network",
      ended: "The demo has ended", gone: "Gone", connecting: "…",
      no_voice: "This phone can't speak. Dial a code such as {menu}.",
      whom: "Give a number of digits, such as {short}.", bad: "Not taken: {status}.",
      try: "Things to try", log: "What the network carried", no_log: "Nothing yet.",
      dialled: "Dialled", screen: "Screen", screen_asks: "Screen, awaits an answer", link_up: "Gateway bound",
      link_down: "Gateway lost", not_taken: "The gateway didn't take it", not_shown: "The centre refused",
      characters: "Characters: {n}", septets: "septets: {n} of {most}", octets: "octets: {n} of {most}",
      unread: "unread: {n}",
      try_menu: "The account's menu", try_password: "A new password", try_sms: "A new password by SMS",
      try_own: "A password of one's own by SMS", try_voucher: "A voucher to top up with",
    },
  };
  const digits = [["1", ""], ["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
    ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"], ["*", ""], ["0", ""], ["#", ""]];
  const air = { screen: { septets: 182, octets: 160 }, sms: { septets: 160, octets: 140 } };
  const most_logged = 200;
  const most_in_thread = 500;
  const banner_ms = 8000;
  const again_ms = 2000; // after the server couldn't be reached

  const at = (id) => document.getElementById(id);
  let speaks = "en";
  let tries = []; // what the pack in force has a way to
  let examples = { menu: "*100#", short: "100" }; // until they are known, and where the pack has none
  let is_bound = false;
  let is_served = null; // not known yet
  let view = "keypad";
  let open_peer = null; // of the thread on the screen; "" while a new one is written
  let ussd = { is: "none" }; // none, running, asking, told; with the event or word shown
  const threads = new Map(); // by the other side's number or name
  let logged = [];

  // --- words

  const say = (name, values = {}) =>
    words[speaks][name].replace(/\{(\w+)\}/g, (whole, key) => String({ ...examples, ...values }[key] ?? whole));
  const time_of = (ms) =>
    new Intl.DateTimeFormat(speaks, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(ms);

  function cost_of(event) {
    const most = event.is === "screen" ? air.screen : air.sms;
    const told = [say("characters", { n: event.characters })];
    if (event.septets !== undefined)
      told.push(say("septets", { n: event.septets, most: most.septets }));
    else
      told.push("UCS-2");
    told.push(say("octets", { n: event.octets, most: most.octets }));
    return told.join(" · ");
  }

  function make(tag, text = "", look = "") {
    const made = document.createElement(tag);
    if (text !== "") made.textContent = text;
    if (look !== "") made.className = look;
    return made;
  }

  function speak(language) {
    speaks = language;
    document.documentElement.lang = language;
    for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
    for (const each of document.querySelectorAll("[data-label]"))
      each.setAttribute("aria-label", say(each.dataset.label));
    for (const each of document.querySelectorAll("[data-hint]")) each.placeholder = say(each.dataset.hint);
    for (const each of Object.keys(words))
      at(`speak-${each}`).setAttribute("aria-pressed", String(each === language));
    document.title = say("title");
    draw_all();
  }

  function choose_language(language) {
    try { localStorage.setItem("kabinet.language", language); } catch { /* a private window keeps nothing */ }
    speak(language);
  }

  function usual_language() {
    let kept = null;
    try { kept = localStorage.getItem("kabinet.language"); } catch { /* as above */ }
    if (kept in words) return kept;
    return (navigator.language || "").toLowerCase().startsWith("ru") ? "ru" : "en";
  }

  // --- what is told and soon gone

  let toast_ends = 0;
  function toast(text) {
    at("toast").textContent = text;
    at("toast").hidden = false;
    announce(text);
    clearTimeout(toast_ends);
    toast_ends = setTimeout(() => { at("toast").hidden = true; }, 5000);
  }

  function announce(text) {
    at("said").textContent = text;
  }

  let banner_ends = 0;
  function notify(event) {
    at("banner-from").textContent = event.from;
    at("banner-text").textContent = event.text;
    const told = `${say("message", { who: event.from })}: ${event.text}`;
    at("banner").setAttribute("aria-label", told);
    at("banner").dataset.peer = event.from;
    at("banner").hidden = false;
    announce(told);
    clearTimeout(banner_ends);
    banner_ends = setTimeout(hide_banner, banner_ms);
  }

  function hide_banner() {
    if (document.activeElement === at("banner")) { // not under the hands of whoever is about to press it
      banner_ends = setTimeout(hide_banner, banner_ms);
      return;
    }
    at("banner").hidden = true;
  }

  // --- the keys, over HTTP

  async function press(path, body) {
    try {
      const came = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (came.ok) return true;
      toast(say("bad", { status: came.status }));
    } catch {
      toast(say("ended"));
    }
    return false;
  }

  async function key_in(text) {
    show_ussd({ is: "running" });
    if (!await press("dial", { text })) show_ussd({ is: "none" });
  }

  function dial(text) {
    if (!/^[*#]/.test(text)) return toast(say("no_voice"));
    if (!is_bound) return toast(say(is_served ? "no_network" : "ended"));
    at("number").value = "";
    key_in(text);
  }

  function hang_up() {
    show_ussd({ is: "none" });
    press("hang_up", {});
  }

  // --- the dialogue, above everything else on the phone

  function show_ussd(next) {
    ussd = next;
    draw_ussd();
    const is_open = ussd.is !== "none";
    if (is_open) at("toast").hidden = true; // the screen says more
    at("content").inert = is_open;
    at("try").inert = is_open;
    at("shade").hidden = !is_open;
    if (ussd.is === "asking") at("answer").value = "";
    if (is_open) focus_ussd();
    else if (view === "keypad") at("number").focus({ preventScroll: true });
  }

  function focus_ussd() {
    const target = { asking: "answer", told: "close", running: "cancel" }[ussd.is];
    at(target).focus({ preventScroll: true });
  }

  function draw_ussd() {
    const shown = ussd.event;
    at("dialog-text").textContent =
      shown ? shown.text : ussd.is === "running" ? say("running") : ussd.is === "told" ? say(ussd.word, ussd) : "";
    at("dialog-running").hidden = ussd.is !== "running";
    at("answer").hidden = at("send").hidden = ussd.is !== "asking";
    at("cancel").hidden = ussd.is === "told";
    at("close").hidden = ussd.is !== "told";
    at("dialog-cost").hidden = !shown;
    if (shown) at("dialog-cost").textContent = cost_of(shown);
  }

  function submit_ussd() {
    if (ussd.is === "told") return show_ussd({ is: "none" });
    const text = at("answer").value.trim();
    if (ussd.is === "asking" && text !== "") key_in(text);
  }

  // --- messages

  function thread_of(peer) {
    if (!threads.has(peer)) threads.set(peer, { messages: [], unread: 0 });
    return threads.get(peer);
  }

  function keep(event, peer) {
    const { messages } = thread_of(peer);
    messages.push(event);
    if (messages.length > most_in_thread) messages.shift();
  }

  function show_view(next, peer = null) {
    view = next;
    open_peer = next === "thread" ? peer : null;
    for (const each of ["keypad", "inbox", "thread"]) at(`view-${each}`).hidden = each !== next;
    for (const each of ["keypad", "inbox"]) {
      const is_here = each === next || (each === "inbox" && next === "thread");
      if (is_here) at(`tab-${each}`).setAttribute("aria-current", "page");
      else at(`tab-${each}`).removeAttribute("aria-current");
    }
    draw_messages();
  }

  function open_thread(peer) {
    show_view("thread", peer);
    if (at("banner").dataset.peer === peer) at("banner").hidden = true;
    at("to").value = peer;
    at("body").value = "";
    at(peer === "" ? "to" : "peer").focus();
  }

  function draw_messages() {
    const open = open_peer ? threads.get(open_peer) : undefined;
    if (open) open.unread = 0;
    draw_inbox();
    draw_thread(open);
    const unread = [...threads.values()].reduce((all, each) => all + each.unread, 0);
    at("badge").textContent = unread;
    at("badge").hidden = unread === 0;
    at("badge").setAttribute("aria-label", say("unread", { n: unread }));
  }

  function draw_inbox() {
    const last_of = ([, thread]) => thread.messages[thread.messages.length - 1];
    const newest = [...threads].sort((left, right) => last_of(right).number - last_of(left).number);
    const focused = document.activeElement.dataset.thread;
    at("no-threads").hidden = newest.length !== 0;
    at("threads").replaceChildren(...newest.map(([peer, thread]) => {
      const last = thread.messages[thread.messages.length - 1];
      const button = make("button", "", thread.unread ? "unread" : "");
      button.type = "button";
      button.dataset.thread = peer;
      button.append(make("span", peer, "who"), make("span", time_of(last.at), "at"),
        make("span", (last.is === "sent" ? say("you") : "") + last.text, "last"));
      if (thread.unread) button.append(make("span", say("unread", { n: thread.unread }), "unseen"));
      button.addEventListener("click", () => open_thread(peer));
      const row = make("li");
      row.append(button);
      return row;
    }));
    for (const each of at("threads").querySelectorAll("button"))
      if (each.dataset.thread === focused) each.focus({ preventScroll: true });
  }

  function draw_thread(thread) {
    at("peer").textContent = open_peer ? open_peer : say("new_message");
    at("to-row").hidden = open_peer !== "";
    const may_reply = !open_peer || /^\+?\d+$/.test(open_peer);
    at("composer").hidden = !may_reply;
    at("no-reply").hidden = may_reply;
    at("bubbles").replaceChildren(...(thread ? thread.messages : []).map((each) => {
      const row = make("li", "", each.is === "sent" ? "mine" : "");
      row.append(make("p", each.text), make("small", `${time_of(each.at)} · ${cost_of(each)}`));
      return row;
    }));
    at("bubbles").scrollTop = at("bubbles").scrollHeight;
  }

  async function send_sms() {
    const to = open_peer || at("to").value.trim();
    const text = at("body").value;
    if (!/^\+?\d{1,15}$/.test(to)) {
      at("to").focus();
      return toast(say("whom"));
    }
    if (text === "") return at("body").focus();
    if (!await press("sms", { to, text })) return;
    if (view === "thread" && open_peer !== to) open_thread(to);
    at("body").value = "";
    at("body").focus();
  }

  // --- the log beside the phone

  function log_row(event) {
    const told = {
      dialled: () => ["dialled", event.code],
      screen: () => [event.awaits_input ? "screen_asks" : "screen", event.text],
      over: () => ["over", ""],
      sms: () => ["message", event.text],
      sent: () => ["sent", event.text],
      link: () => [event.bound ? "link_up" : "link_down", ""],
      not_taken: () => ["not_taken", "status" in event ? say("refused", { status: `0x${event.status.toString(16)}` }) : say("no_answer")],
      not_shown: () => ["not_shown", event.why],
    }[event.is];
    if (!told) return [];
    const [word, text] = told();
    const is_wrong = event.is.startsWith("not_") || (event.is === "link" && !event.bound);
    const row = make("li", "", is_wrong ? "wrong" : "");
    const head = make("div");
    head.append(make("strong", say(word, { who: event.from || event.to })), make("span", time_of(event.at)));
    row.append(head);
    if (text !== "") row.append(make(event.is === "dialled" ? "code" : "p", text));
    if ("octets" in event) row.append(make("small", cost_of(event), "cost"));
    return [row];
  }

  function draw_log() {
    at("no-log").hidden = logged.length !== 0;
    at("log").hidden = logged.length === 0;
    at("log").replaceChildren(...logged.flatMap(log_row));
  }

  function draw_link() {
    const is_up = is_served === true && is_bound;
    at("link").classList.toggle("none", !is_up);
    at("link-word").textContent =
      say(is_up ? "network" : is_served === null ? "connecting" : is_served ? "no_network" : "gone");
  }

  function draw_clock() {
    at("clock").textContent =
      new Intl.DateTimeFormat(speaks, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(Date.now());
  }

  function draw_tries() {
    at("tries").replaceChildren(...tries.map((each) => {
      const button = make("button");
      button.type = "button";
      button.append(make("span", say(each.word)), make("code", each.code || `SMS ${each.to}: ${each.text}`));
      button.addEventListener("click", () => {
        if (each.code) {
          show_view("keypad");
          dial(each.code);
        } else {
          open_thread(each.to);
          at("body").value = each.text;
          at("body").focus();
        }
      });
      const row = make("li");
      row.append(button);
      return row;
    }));
  }

  function draw_all() {
    draw_link();
    draw_clock();
    draw_ussd();
    draw_messages();
    draw_log();
    draw_tries();
    for (const each of document.querySelectorAll("[data-key]"))
      each.setAttribute("aria-label", { "*": say("star"), "#": say("hash") }[each.dataset.key] || each.dataset.key);
  }

  // --- news

  /** What happened before the page was opened changes what is there, but isn't shown as it comes. */
  function take(event, is_new) {
    switch (event.is) {
    case "dialled":
      show_ussd({ is: "running" });
      break;
    case "screen":
      show_ussd({ is: event.awaits_input ? "asking" : "told", event });
      break;
    case "over":
      if (ussd.is === "running" || ussd.is === "asking") show_ussd({ is: "told", word: "over" });
      break;
    case "not_taken": {
      const status = "status" in event ? `0x${event.status.toString(16)}` : "";
      const word = status === "" ? "no_answer" : "refused";
      if (ussd.is === "running" || ussd.is === "asking") show_ussd({ is: "told", word, status });
      else if (is_new) toast(say(word, { status }));
      break;
    }
    case "sms":
      keep(event, event.from);
      if (open_peer !== event.from) {
        ++thread_of(event.from).unread;
        if (is_new) notify(event);
      } else if (is_new) {
        announce(event.text);
      }
      break;
    case "sent":
      keep(event, event.to);
      break;
    }
  }

  function forget_all() {
    threads.clear();
    logged = [];
    show_ussd({ is: "none" });
  }

  function take_news(news, is_first) {
    at("owner").textContent = `+${news.owner}`;
    for (const event of news.events) take(event, !is_first);
    if (is_first && (ussd.is === "told")) show_ussd({ is: "none" });
    const was_bound = is_bound;
    is_bound = news.bound;
    if (!is_first && was_bound !== is_bound) toast(say(is_bound ? "network" : "no_network"));
    logged = [...news.events].reverse().concat(logged).slice(0, most_logged);
    if (news.events.length === 0) return;
    draw_messages();
    draw_log();
  }

  function set_served(next) {
    if (is_served === true && !next) {
      show_ussd({ is: "none" });
      toast(say("ended"));
    }
    is_served = next;
    draw_link();
  }

  const pause = (ms) => new Promise((go_on) => { setTimeout(go_on, ms); });

  async function listen() {
    let after = null;
    for (;;) {
      try {
        // the first answer comes at once, whatever there is
        const came = await fetch(after === null ? "events" : `events?after=${after}`, { cache: "no-store" });
        if (!came.ok) throw new Error(came.status);
        const news = await came.json();
        const is_first = after === null || news.last < after;
        if (is_first) forget_all();
        set_served(true);
        take_news(news, is_first);
        draw_link();
        after = news.last;
      } catch {
        set_served(false);
        await pause(again_ms);
      }
    }
  }

  // --- what can be pressed

  function type(character) {
    const number = at("number");
    const from = number.selectionStart ?? number.value.length;
    const to = number.selectionEnd ?? from;
    if (number.value.length - (to - from) >= number.maxLength) return;
    number.setRangeText(character, from, to, "end");
  }

  function erase() {
    const number = at("number");
    const to = number.selectionEnd ?? number.value.length;
    const from = number.selectionStart === to ? Math.max(0, to - 1) : number.selectionStart;
    number.setRangeText("", from, to, "end");
  }

  function make_keys() {
    for (const [digit, letters] of digits) {
      const key = make("button", digit, "key");
      key.type = "button";
      key.dataset.key = digit;
      const small = make("small", letters);
      small.setAttribute("aria-hidden", "true");
      key.append(small);
      key.addEventListener("click", () => type(digit));
      at("keys").append(key);
    }
  }

  /** Whoever types on a keyboard needn't reach for the number first. */
  function take_key(pressed) {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    if (ussd.is !== "none") {
      if (pressed.key === "Escape") {
        if (ussd.is === "told") show_ussd({ is: "none" });
        else hang_up();
      }
      return;
    }
    const is_writing = pressed.target instanceof HTMLInputElement || pressed.target instanceof HTMLTextAreaElement;
    if (pressed.key === "Escape" && view === "thread") return back_to_inbox();
    if (view !== "keypad" || is_writing) return;
    if (/^[0-9*#]$/.test(pressed.key)) type(pressed.key);
    else if (pressed.key === "Backspace") erase();
    else if (pressed.key === "Enter" && !(pressed.target instanceof HTMLButtonElement)) dial(at("number").value.trim());
    else return;
    pressed.preventDefault();
  }

  function back_to_inbox() {
    show_view("inbox");
    const first = at("threads").querySelector("button");
    (first || at("compose")).focus();
  }

  function wire() {
    const on = (id, what, act) => at(id).addEventListener(what, act);
    const on_submit = (id, act) => on(id, "submit", (event) => { event.preventDefault(); act(); });
    on("speak-ru", "click", () => choose_language("ru"));
    on("speak-en", "click", () => choose_language("en"));
    on_submit("dial", () => {
      const number = at("number").value.trim();
      if (number !== "") dial(number);
    });
    on("hang-up", "click", () => { at("number").value = ""; hang_up(); });
    on("backspace", "click", erase);
    on_submit("dialog", submit_ussd);
    on("cancel", "click", hang_up);
    on("tab-keypad", "click", () => show_view("keypad"));
    on("tab-inbox", "click", () => show_view("inbox"));
    on("compose", "click", () => open_thread(""));
    on("back", "click", back_to_inbox);
    on_submit("composer", send_sms);
    on("body", "keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send_sms();
    });
    on("banner", "click", () => {
      const { peer } = at("banner").dataset;
      at("banner").hidden = true;
      if (ussd.is === "told") show_ussd({ is: "none" });
      if (ussd.is === "none") open_thread(peer);
    });
    document.addEventListener("keydown", take_key);
    setInterval(draw_clock, 5000);
  }

  async function learn_tries() {
    const came = await fetch("tries");
    if (!came.ok) return;
    tries = await came.json();
    for (const each of tries) {
      if (each.word === "try_menu") examples.menu = each.code;
      if (each.to) examples.short = each.to;
    }
    speak(speaks);
  }

  make_keys();
  wire();
  speak(usual_language());
  show_view("keypad");
  at("number").focus({ preventScroll: true });
  learn_tries().catch(() => {}); // then nothing is proposed; whether anybody is there is told by the news
  listen();
})();
