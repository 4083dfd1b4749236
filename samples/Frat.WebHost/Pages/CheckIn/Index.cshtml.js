import { Camera, guidance } from '../../js/camera.js';
import { icon, setBusy, text } from '../../js/dom.js';
import { Problem, post, refuseFile } from '../../js/api.js';
import { shrink } from '../../js/shrink.js';

const [stage, idle, lead, answer, button, keys, note, still, usePhoto, picker] = [
  'stage', 'idle', 'lead', 'answer', 'check-in', 'keys', 'camera-note', 'still', 'use-photo', 'photo',
].map((id) => document.getElementById(id));

const seconds = 1000;
const patience = 15 * seconds; // Of somebody who stands before the camera, and for each try.
const usablePhoto = 'Use a sharp photo that shows your face from the front, in good light.';
const canHover = matchMedia('(hover: hover)'); // A touched place stays "hovered" until another one is touched.
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
        camera.start();
        mainButton().focus(); // The note, and this button in it, went away.
      });
      note.append(again);
    }
  }

  showActions();
}

// While the browser still asks, there may well be a camera.
function mainButton() {
  return guidance[camera.state] && camera.state !== 'asking' ? usePhoto : button;
}

// Without a camera, a photo is the way to check in, and its button the large one.
function showActions() {
  const main = mainButton();
  const byPhoto = main === usePhoto;
  const focused = [document.body, button, usePhoto].includes(document.activeElement);
  const moves = byPhoto !== button.hidden;
  button.hidden = byPhoto;
  keys.hidden = byPhoto;
  lead.textContent = byPhoto ? 'Use a photo that shows your face from the front.' : 'Look at the camera, then press the button.';
  usePhoto.classList.toggle('primary', byPhoto);
  usePhoto.classList.toggle('huge', byPhoto);
  usePhoto.classList.toggle('quiet', !byPhoto);
  setBusy(button, busy, busy ? 'Checking…' : 'Check in');
  setBusy(usePhoto, busy && byPhoto, !byPhoto ? 'Use a photo instead' : busy ? 'Checking…' : 'Use a photo');
  button.setAttribute('aria-disabled', String(busy || camera.state !== 'live'));
  usePhoto.setAttribute('aria-disabled', String(busy));
  if (moves && focused) {
    main.focus();
  }
}

function checkInWithCamera() {
  if (!busy && camera.state === 'live') {
    hideStill();
    send({ image: takePicture(), key: newKey(), uploaded: false });
  }
}

async function takePicture() {
  try {
    return await camera.capture({ freeze: true });
  } catch {
    throw new Problem('The camera gave no picture. Try again.', { status: 400 });
  }
}

function checkInWithPhoto(file) {
  if (!file || busy) {
    return;
  }

  const refusal = refuseFile(file);
  if (refusal) {
    show({ tone: 'warn', icon: 'alert', title: 'Not a usable photo', text: refusal, clearAfter: 15 * seconds });
    return;
  }

  showStill(file);
  send({ image: shrink(file), key: newKey(), uploaded: true });
}

// One attempt has one picture and one key: sent again, it is not recorded twice.
async function send(attempt) {
  busy = true; // Before anything is waited for: a second click finds it.
  clearTimeout(clearing);
  answer.ariaLive = 'polite';
  answer.replaceChildren(text('p', 'visually-hidden', 'Checking…'));
  answer.removeAttribute('data-tone');
  delete stage.dataset.tone;
  idle.classList.remove('visually-hidden');
  stage.dataset.busy = '';
  showActions();
  try {
    showResult(await sendTwice(await attempt.image, attempt.key), attempt);
  } catch (problem) {
    showProblem(problem, attempt);
  } finally {
    busy = false;
    delete stage.dataset.busy;
    showActions();
  }
}

// A connection that broke may have broken after the server had recorded the check-in: the same key makes asking again harmless.
async function sendTwice(image, key) {
  try {
    return await sendOnce(image, key);
  } catch (problem) {
    if (!problem.unreachable) {
      throw problem;
    }

    await new Promise((resolve) => setTimeout(resolve, 1 * seconds));
    return sendOnce(image, key);
  }
}

function sendOnce(image, key) {
  const form = new FormData();
  form.append('image', image, 'frame.jpg');
  form.append('source', 'web');
  return post('check-ins', form, { headers: { 'Idempotency-Key': key }, timeout: patience });
}

// Where people go by a look, too. No goodbye: a third look may be a return.
function showGoing(person, { workedHours }) {
  const minutes = Math.round(workedHours * 60);
  show({ tone: 'good', icon: 'check', title: person.name, text: `Out · ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} today`, clearAfter: 6 * seconds });
}

function showResult({ outcome, person, punch, attendance }, { uploaded }) {
  switch (outcome) {
    case 'recognized': {
      if (punch.direction === 'out' && document.querySelector('.checkin').dataset.mode === 'InAndOut') {
        showGoing(person, attendance);
        return;
      }

      const time = attendance.time.slice(0, 5);
      show(attendance.marked
        ? { tone: 'good', icon: 'check', title: person.name, text: `Checked in at ${time}`, clearAfter: 6 * seconds }
        : { tone: 'info', icon: 'repeat', title: person.name, text: `Already checked in today at ${time}`, clearAfter: 6 * seconds });
      return;
    }
    case 'noFace':
      show({ tone: 'warn', icon: 'face', title: uploaded ? 'No face found' : 'No face seen', text: uploaded ? usablePhoto : 'Look straight at the camera, in good light, and try again.', clearAfter: 10 * seconds });
      return;
    case 'severalFaces':
      show({ tone: 'warn', icon: 'face', title: 'More than one face', text: uploaded ? 'Use a photo of only you.' : 'One person at a time, please: let the others step aside.', clearAfter: 10 * seconds });
      return;
    case 'tooFar':
      show({ tone: 'warn', icon: 'face', title: uploaded ? 'The face is too small' : 'Come closer', text: uploaded ? 'Use a photo that was taken from nearer.' : 'You are too far away: come closer, look straight at the camera, and try again.', clearAfter: 10 * seconds });
      return;
    case 'facesDiffer':
      show({ tone: 'warn', icon: 'face', title: 'One person at a time', text: 'The pictures show more than one face in turn. Stay before the camera until you see your name.', clearAfter: 10 * seconds });
      return;
    case 'unsure':
      show({ tone: 'warn', icon: 'face', title: 'Not sure who you are', text: uploaded ? usablePhoto : 'Come a little closer, look straight at the camera, and try again.', clearAfter: 10 * seconds });
      return;
    default: {
      const link = text('a', 'button', 'Register');
      link.href = new URL('../../register_ui', import.meta.url).pathname;
      const advice = uploaded ? 'Try a photo with good light on your face.' : 'Try again with good light on your face.';
      show({ tone: 'bad', icon: 'person-off', title: 'Not recognised', text: `${advice} New here? Register first.`, action: link, clearAfter: 15 * seconds });
    }
  }
}

// What may pass can be sent again for a while. Then the picture goes: nobody else may find it, or send it.
function showProblem(problem, attempt) {
  let action;
  if (problem.mayPass) {
    action = text('button', '', 'Try again');
    action.type = 'button';
    action.addEventListener('click', () => {
      mainButton().focus();
      send(attempt);
    });
  }

  show({ tone: 'bad', icon: 'alert', title: 'Not checked in', text: problem.message, action, clearAfter: (action ? 30 : 15) * seconds, keepPicture: Boolean(action) });
}

function show(told) {
  clearTimeout(clearing);
  idle.classList.add('visually-hidden'); // The page keeps its heading.
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

// The next person goes on; but not under somebody's pointer or keyboard, unless a picture waits.
function clear(told) {
  if (!told.keepPicture && answer.matches(canHover.matches ? ':hover, :focus-within' : ':focus-within')) {
    clearing = setTimeout(() => clear(told), 2 * seconds);
    return;
  }

  if (answer.contains(document.activeElement)) {
    mainButton().focus();
  }

  answer.replaceChildren();
  answer.removeAttribute('data-tone');
  delete stage.dataset.tone;
  idle.classList.remove('visually-hidden');
  hideStill();
  camera.thaw();
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

button.addEventListener('click', checkInWithCamera);
usePhoto.addEventListener('click', () => {
  if (!busy) {
    picker.click();
  }
});
picker.addEventListener('change', () => {
  checkInWithPhoto(picker.files[0]);
  picker.value = ''; // The same file may be chosen again.
});
document.addEventListener('keydown', (event) => {
  if ((event.key === 'Enter' || event.key === ' ') && event.target === document.body && !event.repeat) {
    event.preventDefault();
    mainButton().focus();
    mainButton().click();
  }
});

camera.start();
