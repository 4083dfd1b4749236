import { clear, draw, showHint, shownState, tell, undoOffered } from './answers.js';
import { Eye } from './eye.js';
import { MotionGate } from './gate.js';
import { Keep, join } from './keep.js';
import { Pad } from './pad.js';
import { unlock } from './tones.js';
import { Refused, Unreachable, call, newKey } from './wire.js';

const seconds = 1000;
const settings = document.body.dataset;
const [preview, trouble, told, undo, look, dot, waiting, clock, date, invitation] = [
  'preview', 'trouble', 'told', 'undo', 'look', 'dot', 'waiting', 'clock', 'date', 'call',
].map((id) => document.getElementById(id));

const pauses = { awake: 333, served: 1000, asleep: 150 };
const motionLasts = 1.5 * seconds;
const alertFor = 10 * seconds;
const enoughStill = 2;
const beatEvery = 60 * seconds;
const beatOffline = 5 * seconds;
const dimAfter = 60 * seconds;
const wakesFor = 10 * seconds;
const troubleAfter = 4 * seconds;

const eye = new Eye(preview, showCamera);
const gate = new MotionGate(preview);
const keep = new Keep();
const pad = new Pad(punch);
let awakeUntil = 0;
let movedAt = performance.now();
let wokenAt = performance.now(); // When there was a reason to look: a motion, a camera that came, a line that is back.
let stillAndNobody = 0; // Frames since, of a still scene, in which the host has found nobody.
let state = 'nobody';
let shown = null; // The punch whose answer was shown.
let online = true;
let failedSince = 0;
let ahead = read('ahead') ?? 0;
let replaying = false;
let beating = 0;

// The loop: one look after another, never two at once.
async function run() {
  for (;;) {
    const from = performance.now();
    let pause = pauses.asleep;
    if (eye.isLive && !document.hidden) {
      const moves = gate.look(performance.now() - movedAt < alertFor);
      if (moves) {
        movedAt = performance.now();
        lookAgain();
      }

      if (isAwake()) {
        await lookOnce();
        stillAndNobody = state === 'nobody' && !moves ? stillAndNobody + 1 : 0;
        pause = state === 'done' ? pauses.served : pauses.awake;
      }
    }

    document.body.classList.toggle('dim', performance.now() - movedAt > dimAfter);
    await new Promise((resolve) => setTimeout(resolve, Math.max(20, pause - (performance.now() - from))));
  }
}

// Whoever was seen is looked at until they left; nobody is looked for without a motion, nor any more where the scene has been still in
// frames that showed nobody.
function isAwake() {
  if (pad.isOpen || !online) {
    return false;
  }

  const now = performance.now();
  if (settings.trigger !== 'HandsFree') {
    return now < awakeUntil;
  }

  return (now - wokenAt < motionLasts && stillAndNobody < enoughStill) || state !== 'nobody';
}

// Whoever stands there still doesn't have to move.
function lookAgain() {
  [wokenAt, stillAndNobody] = [performance.now(), 0];
}

async function lookOnce() {
  let picture;
  try {
    picture = await eye.capture();
  } catch {
    return; // The camera went away meanwhile, which has its own words.
  }

  try {
    show(await call('look', picture, { type: 'image/jpeg' }));
    reached();
  } catch (error) {
    missed(error);
  }
}

function show(said) {
  state = said.state;
  draw(said);
  if (said.punch && said.punch !== shown) {
    shown = said.punch;
    awakeUntil = 0;
    tell(said);
  } else if (state === 'unsure') {
    tell({ ...said, line: 'I’m not sure. Try once more, or use your PIN.' });
  } else if (shownState() === 'unsure') {
    clear(); // The face left, or was recognised.
  }

  showHint(state);
}

async function takeBack() {
  const key = undoOffered();
  if (!key) {
    return;
  }

  undo.disabled = true;
  try {
    await call('undo', { undo: key });
    reached();
    tell({ state: 'undone', line: 'Taken back.', more: 'Use your ID and PIN instead.' });
    pad.open();
  } catch (error) {
    undo.disabled = false;
    if (error instanceof Refused) {
      undo.hidden = true;
      tell({ state: 'refused', line: 'It can’t be taken back here any more.', more: 'Tell the office.' });
    } else {
      missed(error);
    }
  }
}

// By PIN: live, or kept until the line is back.
async function punch(employeeId, pin) {
  const request = { employeeId, pin, key: newKey() };
  try {
    const said = await call('pin', request);
    reached();
    if (said.state === 'wrongPin') {
      return 'The ID or the PIN is wrong.';
    }

    if (said.state === 'locked') {
      return `Too many tries. Wait ${Math.ceil((said.retryAfter ?? 60) / 60)} min, or tell the office.`;
    }

    shown = said.punch;
    tell(said);
    return null;
  } catch (error) {
    if (error instanceof Refused) {
      return 'This couldn’t be booked. Tell the office.';
    }

    missed(error);
    return save({ kind: 'pin', ...request });
  }
}

async function save(item) {
  const capturedAt = new Date(Date.now() - ahead);
  try {
    if (!(await keep.add({ ...item, capturedAt: capturedAt.toISOString() }))) {
      return 'No more can be kept here. Tell the office.';
    }
  } catch {
    return 'This device can’t keep it. Tell the office.';
  }

  await showWaiting();
  tell({ state: 'saved', line: `Saved ${timeOf(capturedAt)}.`, more: 'It is booked when the line is back.' });
  return null;
}

async function savePictures() {
  const pictures = [];
  try {
    for (let i = 0; i < 3; i++) {
      pictures.push(await eye.capture());
      await new Promise((resolve) => setTimeout(resolve, pauses.awake));
    }
  } catch {
    tell({ state: 'refused', line: 'The camera gave no picture.', more: 'Use your PIN.' });
    return;
  }

  const wrong = await save({ kind: 'pictures', key: newKey(), frames: join(pictures) });
  if (wrong) {
    tell({ state: 'refused', line: wrong });
  }
}

// In their order, each with its own key and time: what was booked already is booked once.
async function replay() {
  if (replaying) {
    return;
  }

  replaying = true;
  try {
    for (let next = await keep.first(); next; next = await keep.first()) {
      const { kind, frames, ...item } = next.item;
      try {
        const said = kind === 'pin'
          ? await call('pin', item)
          : await call('kept', frames, {
            type: 'application/octet-stream',
            headers: { 'Idempotency-Key': item.key, 'X-Captured-At': item.capturedAt },
          });
        if (said.state === 'locked') {
          break; // Somebody else's wrong tries: later.
        }
      } catch (error) {
        if (!(error instanceof Refused)) {
          throw error;
        }
      }

      await keep.remove(next.id); // Booked, or refused for good: the office sees which.
    }
  } catch (error) {
    missed(error);
  } finally {
    replaying = false;
    await showWaiting();
  }
}

// One timer, whoever asks for a beat: the clock, the line that went, or the browser that says it is back.
async function beat() {
  clearTimeout(beating);
  const from = Date.now();
  try {
    const orders = await call('beat', {
      camera: eye.state, waiting: await count(), version: settings.version, clockAheadMs: Math.round(ahead),
    });
    const to = Date.now();
    ahead = (from + to) / 2 - Date.parse(orders.now);
    remember('ahead', ahead);
    reached();
    follow(orders);
    await replay();
  } catch (error) {
    missed(error);
  }

  beatIn(online ? beatEvery : beatOffline);
}

function beatIn(pause) {
  clearTimeout(beating);
  beating = setTimeout(beat, pause);
}

function follow(orders) {
  settings.zone = orders.zone;
  settings.keepsPictures = String(orders.keepsPictures);
  document.getElementById('device').textContent = orders.name;
  if (settings.trigger !== orders.trigger) {
    settings.trigger = orders.trigger;
    showButtons();
  }

  if (orders.version !== settings.version && state === 'nobody' && !pad.isOpen) {
    location.reload();
  }
}

async function count() {
  try {
    return await keep.count();
  } catch {
    return 0; // The browser keeps nothing, in a private window for instance.
  }
}

async function showWaiting() {
  const items = await count();
  waiting.textContent = items === 0 ? '' : ` · ${items} saved`;
}

function reached() {
  failedSince = 0;
  setOnline(true);
}

function missed(error) {
  if (!(error instanceof Unreachable)) {
    return;
  }

  state = 'nobody';
  draw({});
  lookAgain();
  failedSince ||= performance.now();
  if (performance.now() - failedSince >= troubleAfter || !navigator.onLine) {
    setOnline(false);
  }
}

function setOnline(now) {
  if (online === now) {
    return;
  }

  online = now;
  lookAgain();
  dot.dataset.online = String(now);
  showButtons();
  if (!now) {
    beatIn(beatOffline);
  }
}

function showButtons() {
  const savesPictures = !online && settings.keepsPictures === 'true';
  look.hidden = !(savesPictures || settings.trigger === 'Button');
  look.textContent = savesPictures ? 'Save a check-in' : 'Check in';
  invitation.textContent = !online
    ? savesPictures ? 'No line. Save a check-in, or use your PIN.' : 'No line. Use your PIN: it is booked later.'
    : settings.trigger === 'HandsFree' ? 'Look here.'
    : settings.trigger === 'Touch' ? 'Touch here, then look.'
    : 'Look here, and press the button.';
}

function wake() {
  if (!online && settings.keepsPictures === 'true') {
    savePictures();
  } else {
    awakeUntil = performance.now() + wakesFor;
  }
}

// How to allow a camera is for those who set the tablet up; everybody else has the PIN.
function showCamera(now) {
  const words = {
    refused: 'The camera is not allowed. Administrator: allow it for this page in the browser’s settings.',
    absent: 'No camera. It is looked for again by itself.',
    busy: 'The camera is busy. It is tried again by itself.',
    insecure: 'The camera needs an address with https. Administrator: see docs/deploy.md.',
    failed: 'The camera doesn’t work. It is tried again by itself.',
  };
  trouble.textContent = words[now] ?? '';
  trouble.hidden = !words[now];
  if (now === 'live') {
    lookAgain(); // Somebody may be there already.
  } else {
    state = 'nobody';
    draw({});
    showHint(state);
  }
}

function timeOf(moment) {
  return moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: settings.zone });
}

function tick() {
  const now = new Date(Date.now() - ahead);
  clock.textContent = timeOf(now);
  clock.dateTime = now.toISOString();
  date.textContent = now.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: settings.zone });
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is remembered here: it holds until the page is left.
  }
}

async function stayAwake() {
  if (!document.hidden) {
    await navigator.wakeLock?.request('screen').catch(() => {}); // Refused on a low battery, for instance.
  }
}

document.addEventListener('pointerdown', () => {
  unlock();
  if (!document.fullscreenElement) {
    document.documentElement.requestFullscreen?.().catch(() => {});
  }
}, { once: true });
document.addEventListener('visibilitychange', stayAwake);
document.addEventListener('contextmenu', (event) => event.preventDefault());
document.getElementById('pin').addEventListener('click', () => pad.open());
document.getElementById('eye').addEventListener('click', () => settings.trigger === 'Touch' && wake());
told.addEventListener('click', (event) => settings.trigger === 'Touch' && !event.target.closest('button') && wake());
look.addEventListener('click', wake);
undo.addEventListener('click', takeBack);
addEventListener('online', beat);

tick();
setInterval(tick, 1 * seconds);
showButtons();
showWaiting();
stayAwake();
eye.start();
run();
beat();
navigator.serviceWorker?.register(new URL('../../kiosk-sw.js', import.meta.url), { scope: new URL('../../kiosk', import.meta.url).pathname });
