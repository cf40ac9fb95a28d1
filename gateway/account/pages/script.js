// What a page without it does as well, a little kinder: it says that Caps Lock or the Russian layout is on,
// shows a password on wish, and sends a form once.
(() => {
  'use strict';
  const say = (input, text) => {
    const place = document.getElementById(input.id + '-live');
    if (place && place.textContent !== text) place.textContent = text;
  };
  const watch = (input) => {
    const place = document.getElementById(input.id + '-live');
    if (!place) return;
    let caps = false;
    const look = (event) => {
      if (event.getModifierState) caps = event.getModifierState('CapsLock');
      if (/[\u0400-\u04ff]/.test(input.value)) say(input, place.dataset.layout);
      else say(input, caps ? place.dataset.caps : '');
    };
    for (const kind of ['keydown', 'keyup', 'input', 'mousedown']) input.addEventListener(kind, look);
    input.addEventListener('blur', () => { caps = false; });
  };
  const lend_eye = (button) => {
    const inputs = button.dataset.shows.split(' ').map((id) => document.getElementById(id));
    const off = button.textContent;
    const show = (is_shown) => {
      for (const input of inputs) input.type = is_shown ? 'text' : 'password';
      button.textContent = is_shown ? button.dataset.on : off;
    };
    button.hidden = false;
    button.addEventListener('click', () => show(inputs[0].type === 'password'));
    button.form.addEventListener('submit', () => show(false)); // browsers offer to keep passwords, not texts
  };
  document.querySelectorAll('input[type=password]').forEach(watch);
  document.querySelectorAll('.eye').forEach(lend_eye);
  document.querySelectorAll('form').forEach((form) => {
    let is_sent = false;
    form.addEventListener('submit', (event) => {
      if (is_sent) event.preventDefault();
      is_sent = true;
    });
    window.addEventListener('pageshow', () => { is_sent = false; });
  });
  const error = document.getElementById('error');
  if (error) error.focus();
})();
