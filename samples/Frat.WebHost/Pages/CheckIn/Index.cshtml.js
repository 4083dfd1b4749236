import { Camera, guidance } from '../../js/camera.js';
import { icon, setBusy, text } from '../../js/dom.js';
import { post, refuseFile } from '../../js/api.js';

const [stage, idle, answer, button, note, still, usePhoto, picker] = [
  'stage', 'idle', 'answer', 'check-in', 'camera-note', 'still', 'use-photo', 'photo',
].map((id) => document.getElementById(id));

const seconds = 1000;
const camera = new Camera(document.getElementById('preview'), showCamera);
let busy = false;
let clearing = 0;

function showCamera(state) {
  stage.dataset.camera = state;
  const told = guidance[state];
  note.replaceChildren();
  if (told) {
    note.append(icon(told.icon), text('p', 'note-title', told.title), text('p', '', told.text));
    if (state !== 'asking' && state !== 'insecure') {
      const again = text('button', 'on-dark', 'Try the camera again');
      again.type = 'button';
      again.addEventListener('click', () => {
        button.focus(); // The note, and this button in it, go away.
        camera.start();
      });
      note.append(again);
    }
  }

  const hasPicture = state === 'live';
  usePhoto.classList.toggle('primary', !hasPicture && state !== 'asking' && state !== 'off');
  if (!busy) {
    button.setAttribute('aria-disabled', String(!hasPicture));
  }
}

async function checkInWithCamera() {
  if (busy || camera.state !== 'live') {
    return;
  }

  const image = camera.capture();
  camera.freeze();
  try {
    await send({ image: await image, key: newKey() });
  } catch {
    show({ tone: 'warn', icon: 'camera-off', title: 'No picture', text: 'The camera gave no picture. Try again.', clearAfter: 10 * seconds });
    camera.thaw();
  }
}

async function checkInWithPhoto(file) {
  if (!file || busy) {
    return;
  }

  const refusal = refuseFile(file);
  if (refusal) {
    show({ tone: 'warn', icon: 'alert', title: 'Not a usable photo', text: refusal, clearAfter: 15 * seconds });
    return;
  }

  showStill(file);
  await send({ image: file, key: newKey() });
}

// One attempt has one key: sent again, it is not recorded twice.
async function send(attempt) {
  busy = true;
  clearTimeout(clearing);
  answer.ariaLive = 'polite';
  answer.replaceChildren(text('p', 'visually-hidden', 'Checking…'));
  answer.removeAttribute('data-tone');
  idle.hidden = false;
  stage.dataset.busy = '';
  setBusy(button, true, 'Checking…');
  usePhoto.disabled = true;
  try {
    showResult(await sendTwice(attempt));
  } catch (problem) {
    showProblem(problem, attempt);
  } finally {
    busy = false;
    delete stage.dataset.busy;
    usePhoto.disabled = false;
    setBusy(button, false, 'Check in');
    showCamera(camera.state);
  }
}

// A connection that broke may have broken after the server had recorded the check-in: the same key makes asking again harmless.
async function sendTwice(attempt) {
  try {
    return await sendOnce(attempt);
  } catch (problem) {
    if (!problem.unreachable) {
      throw problem;
    }

    await new Promise((resolve) => setTimeout(resolve, 1 * seconds));
    return sendOnce(attempt);
  }
}

function sendOnce({ image, key }) {
  const form = new FormData();
  form.append('image', image, 'frame.jpg');
  form.append('source', 'web');
  return post('check-ins', form, { 'Idempotency-Key': key });
}

function showResult({ outcome, person, attendance }) {
  switch (outcome) {
    case 'recognized': {
      const time = attendance.time.slice(0, 5);
      show(attendance.marked
        ? { tone: 'good', icon: 'check', title: person.name, text: `Checked in at ${time}`, clearAfter: 6 * seconds }
        : { tone: 'info', icon: 'repeat', title: person.name, text: `Already checked in today at ${time}`, clearAfter: 6 * seconds });
      return;
    }
    case 'noFace':
      show({ tone: 'warn', icon: 'face', title: 'No face seen', text: 'Look straight at the camera, in good light, and try again.', clearAfter: 10 * seconds });
      return;
    case 'severalFaces':
      show({ tone: 'warn', icon: 'face', title: 'More than one face', text: 'One person at a time, please: let the others step aside.', clearAfter: 10 * seconds });
      return;
    case 'unsure':
      show({ tone: 'warn', icon: 'face', title: 'Not sure who you are', text: 'Come a little closer, look straight at the camera, and try again.', clearAfter: 10 * seconds });
      return;
    default: {
      const link = text('a', 'button', 'Register');
      link.href = new URL('../../register_ui', import.meta.url).pathname;
      show({ tone: 'bad', icon: 'person-off', title: 'Not recognised', text: 'Try again with good light on your face. New here? Register first.', action: link, clearAfter: 15 * seconds });
    }
  }
}

// What may pass stays on the page until it is sent again or something else is done: the picture is not lost.
function showProblem(problem, attempt) {
  let action;
  if (problem.mayPass) {
    action = text('button', '', 'Try again');
    action.type = 'button';
    action.addEventListener('click', () => {
      button.focus();
      send(attempt);
    });
  }

  show({ tone: 'bad', icon: 'alert', title: 'Not checked in', text: problem.message, action, clearAfter: action ? 0 : 15 * seconds, keepPicture: Boolean(action) });
}

function show(told) {
  clearTimeout(clearing);
  idle.hidden = true;
  answer.dataset.tone = told.tone;
  answer.ariaLive = told.tone === 'good' || told.tone === 'info' ? 'polite' : 'assertive';
  stage.dataset.tone = told.tone;
  const badge = document.createElement('span');
  badge.className = 'answer-icon';
  badge.append(icon(told.icon));
  answer.replaceChildren(badge, text('p', 'answer-title', told.title), text('p', 'answer-text', told.text));
  if (told.action) {
    answer.append(told.action);
  }

  if (!told.keepPicture) {
    camera.thaw();
  }

  if (told.clearAfter) {
    clearing = setTimeout(() => clear(told), told.clearAfter);
  }
}

// The next person goes on; but never under somebody's pointer or keyboard.
function clear(told) {
  if (answer.matches(':hover, :focus-within')) {
    clearing = setTimeout(() => clear(told), 2 * seconds);
    return;
  }

  answer.replaceChildren();
  answer.removeAttribute('data-tone');
  delete stage.dataset.tone;
  idle.hidden = false;
  hideStill();
}

function showStill(file) {
  hideStill();
  still.src = URL.createObjectURL(file);
  still.hidden = false;
}

function hideStill() {
  if (!still.hidden) {
    URL.revokeObjectURL(still.src);
    still.hidden = true;
    still.removeAttribute('src');
  }
}

// Not crypto.randomUUID(): browsers keep that from pages without https, where a photo still works.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

button.addEventListener('click', () => {
  if (button.getAttribute('aria-disabled') !== 'true') {
    hideStill();
    camera.thaw();
    checkInWithCamera();
  }
});
usePhoto.addEventListener('click', () => picker.click());
picker.addEventListener('change', () => {
  checkInWithPhoto(picker.files[0]);
  picker.value = ''; // The same file may be chosen again.
});
document.addEventListener('keydown', (event) => {
  if ((event.key === 'Enter' || event.key === ' ') && event.target === document.body && !event.repeat) {
    event.preventDefault();
    button.focus();
    button.click();
  }
});

camera.start();
