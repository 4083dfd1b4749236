import { icon, setBusy, text } from './dom.js';

const byId = (id) => document.getElementById(id);
const missing = { 'duplicate-by': 'Say who answers for it: your name.', 'duplicate-reason': 'Say why these are two people.' };
// Who is signed in isn't asked for a name.
const answers = Object.keys(missing).filter((name) => byId(name));
const label = 'They are two: register';

/** Asks whether two people with a like face are two, and who says so. */
export class Likeness {
  #dialog = byId('duplicate');
  #send;
  #registered;
  #left;
  #undecided = false;
  #sending = false;

  /**
   * @param send Sends the registration again with what was answered, by field; gives the person.
   * @param registered Is told who was registered.
   * @param left Is told that nobody was, in a sentence.
   */
  constructor({ send, registered, left }) {
    [this.#send, this.#registered, this.#left] = [send, registered, left];
    byId('duplicate-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#answer();
    });
    for (const name of answers) {
      byId(name).addEventListener('input', () => setError(name, ''));
    }

    byId('duplicate-cancel').addEventListener('click', () => {
      if (!this.#sending) {
        this.#dialog.close();
      }
    });
    this.#dialog.addEventListener('cancel', (event) => {
      if (this.#sending) {
        event.preventDefault(); // They may be registered already: the answer is waited for.
      }
    });
    this.#dialog.addEventListener('close', () => {
      if (this.#undecided) {
        this.#left('Not registered: this face is registered already, under another employee ID.');
        this.#undecided = false;
      }
    });
  }

  get isOpen() {
    return this.#dialog.open;
  }

  ask() {
    this.#undecided = true;
    byId('duplicate-reason').value = ''; // The name stays: it is the same person at the desk.
    answers.forEach((name) => setError(name, ''));
    showProblem('');
    this.#dialog.showModal();
    byId(answers[0]).focus();
  }

  async #answer() {
    if (this.#sending || this.#findErrors()) {
      return;
    }

    this.#hold(true);
    try {
      const registered = await this.#send(answers.map((name) => [byId(name).name, byId(name).value]));
      this.#undecided = false;
      this.#dialog.close();
      this.#registered(registered);
    } catch (problem) {
      showProblem(problem.message);
    } finally {
      this.#hold(false);
    }
  }

  #findErrors() {
    showProblem('');
    answers.forEach((name) => setError(name, byId(name).value.trim() ? '' : missing[name]));
    const first = answers.find((name) => byId(`${name}-error`).textContent !== '');
    if (first) {
      byId(first).focus();
    }

    return first !== undefined;
  }

  #hold(held) {
    this.#sending = held;
    answers.forEach((name) => {
      byId(name).readOnly = held;
    });
    setBusy(byId('duplicate-submit'), held, held ? 'Registering…' : label);
  }
}

function setError(name, message) {
  byId(`${name}-error`).textContent = message;
  byId(name).setAttribute('aria-invalid', String(message !== ''));
}

function showProblem(message) {
  byId('duplicate-problem').replaceChildren(...(message ? [icon('alert'), text('p', '', message)] : []));
  byId('duplicate-problem').hidden = !message;
}
