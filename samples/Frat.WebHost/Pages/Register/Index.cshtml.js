import { Camera, guidance } from '../../js/camera.js';
import { icon, setBusy, text } from '../../js/dom.js';
import { post, refuseFile } from '../../js/api.js';
import { Likeness } from '../../js/likeness.js';
import { Photo } from '../../js/photo.js';

const maxPhotos = 3;
const fields = ['name', 'employeeId', 'photo', 'consent'];
const byId = (id) => document.getElementById(id);
const [form, list, done, problemBox, submit, stage, note, take, drop, picker] = [
  'form', 'photos', 'done', 'problem', 'submit', 'stage', 'camera-note', 'take', 'drop', 'photo',
].map(byId);

let photos = [];
let sending = false;
const camera = new Camera(byId('preview'), showCamera);
const likeness = new Likeness({ send: (answers) => post('people', content(answers)), registered: finish, left: showProblem });

// --- Photos

function add(file, fromCamera) {
  if (sending || likeness.isOpen) {
    return;
  }

  amend('photo');
  const refusal = refuseFile(file);
  if (refusal) {
    setError('photo', file.name ? `${file.name}: ${refusal}` : refusal);
    return;
  }

  if (photos.length === maxPhotos) {
    setError('photo', `${maxPhotos} photos are enough. Remove one to use another.`);
    return;
  }

  const photo = new Photo(file, fromCamera, { remove, retake, changed: announce });
  photos.push(photo);
  drawSlots();
}

function remove(photo) {
  if (sending) {
    return;
  }

  const index = photos.indexOf(photo);
  photos = photos.filter((other) => other !== photo);
  photo.dispose();
  amend('photo');
  drawSlots();
  (photos[index] ?? photos[index - 1])?.focus() ?? byId('choose').focus();
  byId('photo-status').textContent = `Photo ${index + 1} is removed.`;
}

function retake(photo) {
  if (sending) {
    return;
  }

  remove(photo);
  openCamera();
  take.focus();
}

function announce(photo) {
  const index = photos.indexOf(photo);
  if (index >= 0) {
    byId('photo-status').textContent = `Photo ${index + 1}: ${photo.message}`;
    showCamera(camera.state);
  }
}

// Empty places show at a glance that more photos are welcome.
function drawSlots() {
  photos.forEach((photo, index) => photo.number(index + 1));
  const empty = Array.from({ length: maxPhotos - photos.length }, (_, index) => {
    const slot = text('li', 'slot', String(photos.length + index + 1));
    slot.setAttribute('aria-hidden', 'true');
    return slot;
  });
  list.querySelectorAll('.slot').forEach((slot) => slot.remove());
  list.append(...photos.map((photo) => photo.element).filter((element) => !element.isConnected), ...empty);
  showCamera(camera.state);
}

// --- Camera

function showCamera(state) {
  stage.dataset.camera = state;
  const told = guidance[state];
  note.replaceChildren();
  if (told) {
    note.append(icon(told.icon), text('p', 'note-title', told.title), text('p', '', told.text));
  }

  take.setAttribute('aria-disabled', String(state !== 'live' || photos.length === maxPhotos));
  take.querySelector('.label').textContent = photos.length === maxPhotos ? 'Three photos taken' : photos.length > 0 ? 'Take another photo' : 'Take photo';
}

function openCamera() {
  byId('camera').hidden = false;
  byId('open-camera').hidden = true;
  camera.start();
}

function closeCamera() {
  camera.stop();
  byId('camera').hidden = true;
  byId('open-camera').hidden = false;
}

async function takePhoto() {
  if (take.getAttribute('aria-disabled') === 'true') {
    return;
  }

  try {
    add(new File([await camera.capture()], '', { type: 'image/jpeg' }), true);
  } catch {
    setError('photo', 'The camera gave no picture. Try again.');
  }
}

// --- Errors

// What is put right is no longer told as wrong.
function amend(field) {
  setError(field, '');
  showProblem('');
}

function setError(field, message) {
  byId(`${field}-error`).textContent = message;
  const control = field === 'photo' ? byId('choose') : byId(field);
  control.toggleAttribute('data-invalid', message !== '');
  if (field !== 'photo') {
    control.setAttribute('aria-invalid', String(message !== ''));
  }
}

function showProblem(message) {
  problemBox.replaceChildren(...(message ? [icon('alert'), text('p', '', message)] : []));
  problemBox.hidden = !message;
}

function focusFirstError() {
  const field = fields.find((name) => byId(`${name}-error`).textContent !== '');
  if (field) {
    (field === 'photo' ? byId('choose') : byId(field)).focus();
  }
}

function findErrors() {
  setError('name', byId('name').value.trim() ? '' : 'Enter the name.');
  setError('employeeId', byId('employeeId').value.trim() ? '' : 'Enter the employee ID.');
  setError('consent', byId('consent').checked ? '' : 'Nobody is registered without having agreed.');
  setError('photo', photos.length === 0 ? 'Add at least one photo.' : photos.some((photo) => photo.refused) ? 'Remove or retake the photos that are marked.' : '');
  const count = fields.filter((name) => byId(`${name}-error`).textContent !== '').length;
  showProblem(count === 0 ? '' : count === 1 ? 'One entry needs a look: it is marked above.' : `${count} entries need a look: they are marked above.`);
  return count > 0;
}

// --- Sending

async function register() {
  if (sending) {
    return;
  }

  done.replaceChildren();
  hold(true);
  let tell;
  try {
    await Promise.all(photos.map((photo) => photo.assessed));
    if (findErrors()) {
      tell = focusFirstError;
    } else {
      const person = await post('people', content());
      tell = () => finish(person);
    }
  } catch (problem) {
    tell = () => explain(problem);
  }

  hold(false); // First: what is disabled takes no focus.
  tell();
}

// What is sent is what is shown: nothing changes until the answer is there. Fields that are only read keep the focus.
function hold(held) {
  sending = held;
  byId('photo-fields').disabled = held;
  byId('name').readOnly = held;
  byId('employeeId').readOnly = held;
  byId('consent').disabled = held;
  setBusy(submit, held, held ? 'Registering…' : 'Register');
}

function content(answers = []) {
  const data = new FormData();
  data.append('name', byId('name').value);
  data.append('employeeId', byId('employeeId').value);
  data.append('consent', byId('consent').value);
  answers.forEach(([name, value]) => data.append(name, value));
  photos.forEach((photo, index) => data.append('photo', photo.file, photo.file.name || `camera-${index + 1}.jpg`));
  return data;
}

function explain(problem) {
  if (problem.code === 'employeeIdTaken') {
    setError('employeeId', 'Somebody is registered with this employee ID already.');
  } else if (problem.code === 'duplicateFace') {
    likeness.ask();
    return;
  } else if (problem.code === 'consentOutdated') {
    setError('consent', 'The text has changed. Load the page again to read the present one.');
  } else if (problem.code === 'differentPeople') {
    setError('photo', photos.length > 2 && photos[problem.photoIndex]
      ? `Photo ${problem.photoIndex + 1} isn’t of the person on the others: remove or retake it.`
      : 'The photos show more than one person. Keep only those of one.');
  } else if (problem.code === 'photoRefused' && photos[problem.photoIndex]) {
    photos[problem.photoIndex].refuse(problem.verdict);
    setError('photo', `Photo ${problem.photoIndex + 1} can’t be used: remove or retake it.`);
  } else if (problem.status === 413 || problem.code === 'invalidImage') {
    setError('photo', problem.message);
  } else if (fields.some((name) => problem.errors[name])) {
    fields.filter((name) => problem.errors[name]).forEach((name) => setError(name, [problem.errors[name]].flat().join(' ')));
  } else {
    showProblem(problem.message);
    return;
  }

  showProblem('Not registered yet: an entry needs a look. It is marked above.');
  focusFirstError();
}

function finish(person) {
  const banner = text('div', 'banner good', '');
  const words = document.createElement('p');
  words.append(text('bdi', 'strong', person.name), ' is registered, and is recognised from now on.');
  if (person.alike > 1) {
    banner.className = 'banner warn';
    words.append(` ${person.alike} people who are registered have a like face: check-ins may take them for one another. Tell whoever runs the system.`);
  }
  const link = text('a', 'button', 'Go to check-in');
  link.href = new URL('../../', import.meta.url).pathname;
  banner.append(icon('check'), words, link);
  done.replaceChildren(banner);

  photos.forEach((photo) => photo.dispose());
  photos = [];
  form.reset();
  closeCamera();
  drawSlots();
  showProblem('');
  byId('name').focus();
  done.scrollIntoView({ block: 'center' });
}

// --- Wires

byId('choose').addEventListener('click', () => picker.click());
byId('open-camera').addEventListener('click', () => {
  openCamera();
  take.focus();
});
byId('close-camera').addEventListener('click', () => {
  closeCamera();
  byId('open-camera').focus();
});
take.addEventListener('click', takePhoto);
picker.addEventListener('change', () => {
  [...picker.files].forEach((file) => add(file, false));
  picker.value = ''; // The same file may be chosen again.
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  register();
});
for (const name of ['name', 'employeeId']) {
  byId(name).addEventListener('input', () => amend(name));
}

byId('consent').addEventListener('change', () => amend('consent'));

document.addEventListener('paste', (event) => [...event.clipboardData.files].forEach((file) => add(file, false)));

// A photo dropped beside the target must not replace the page, and with it what was typed.
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => event.preventDefault());
drop.addEventListener('dragover', () => drop.classList.add('over'));
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
  drop.classList.remove('over');
  [...event.dataTransfer.files].forEach((file) => add(file, false));
});

drawSlots();
