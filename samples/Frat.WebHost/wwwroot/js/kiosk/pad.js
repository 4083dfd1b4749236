const abandonedAfter = 30_000;
const longestPin = 6;

/** ID and PIN, by keys that stay where they are. */
export class Pad {
  #dialog = document.getElementById('pad');
  #title = document.getElementById('pad-title');
  #typed = document.getElementById('typed');
  #label = document.getElementById('typed-label');
  #wrong = document.getElementById('pad-wrong');
  #letters = this.#dialog.querySelector('[data-key="letters"]');
  #send;
  #id = null;
  #timer = 0;
  #busy = false;

  /** @param send Takes ID and PIN; gives what is wrong as a sentence, or null. */
  constructor(send) {
    this.#send = send;
    this.#dialog.addEventListener('click', (event) => {
      const key = event.target.closest('button')?.dataset.key;
      if (key) {
        this.#press(key);
      }
    });
    this.#dialog.addEventListener('keydown', (event) => {
      this.#wait();
      if (event.key === 'Enter' && event.target === this.#typed) {
        event.preventDefault();
        this.#press('next');
      }
    });
    this.#dialog.addEventListener('close', () => this.#clear());
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    if (!this.#dialog.open) {
      this.#clear();
      this.#dialog.showModal();
      this.#typed.focus();
      this.#wait();
    }
  }

  close() {
    this.#dialog.close();
  }

  #press(key) {
    this.#wait();
    switch (key) {
      case 'close':
        this.close();
        return;
      case 'back':
        this.#typed.value = this.#typed.value.slice(0, -1);
        return;
      case 'letters': {
        const on = this.#typed.inputMode === 'none';
        this.#typed.inputMode = on ? 'text' : 'none';
        this.#letters.setAttribute('aria-pressed', String(on));
        this.#typed.blur();
        this.#typed.focus();
        return;
      }
      case 'next':
        this.#next();
        return;
      default:
        if (this.#typed.value.length < this.#typed.maxLength) {
          this.#typed.value += key;
        }
    }
  }

  async #next() {
    const value = this.#typed.value.trim();
    if (!value || this.#busy) {
      return;
    }

    this.#wrong.textContent = '';
    if (this.#id === null) {
      this.#ask(value);
      return;
    }

    this.#busy = true;
    const wrong = await this.#send(this.#id, value);
    this.#busy = false;
    if (wrong) {
      this.#clear();
      this.#wrong.textContent = wrong;
    } else {
      this.close();
    }
  }

  #ask(id) {
    this.#id = id;
    this.#title.textContent = this.#label.textContent = 'Your PIN';
    this.#typed.value = '';
    this.#typed.type = 'password';
    this.#typed.inputMode = 'none';
    this.#typed.maxLength = longestPin;
    this.#letters.disabled = true;
    this.#typed.focus();
  }

  #clear() {
    clearTimeout(this.#timer);
    this.#id = null;
    this.#title.textContent = this.#label.textContent = 'Your ID';
    this.#wrong.textContent = '';
    this.#typed.value = '';
    this.#typed.type = 'text';
    this.#typed.maxLength = 50;
    this.#letters.disabled = false;
  }

  // Nobody finds half an ID of somebody else.
  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), abandonedAfter);
  }
}
