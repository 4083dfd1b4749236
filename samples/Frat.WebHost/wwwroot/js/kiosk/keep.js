const most = 500;
const longest = 24 * 60 * 60 * 1000;

/**
 * Punches that wait for the line, in the browser's database: encrypted by a key that no script can read out, in their order, at most 500
 * and for a day at most.
 */
export class Keep {
  #opening = null;

  async add(item) {
    const { database, key } = await this.#open();
    await this.#clean(database);
    if ((await this.count()) >= most) {
      return false;
    }

    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, await pack(item));
    await done(database.transaction('items', 'readwrite').objectStore('items').add({ at: Date.now(), iv, data }));
    return true;
  }

  async count() {
    const { database } = await this.#open();
    return done(database.transaction('items').objectStore('items').count());
  }

  /** The oldest one; null when there is none. */
  async first() {
    const { database, key } = await this.#open();
    await this.#clean(database);
    const row = await done(database.transaction('items').objectStore('items').openCursor());
    if (!row) {
      return null;
    }

    const { iv, data } = row.value;
    try {
      return { id: row.key, item: await unpack(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)) };
    } catch {
      await this.remove(row.key); // Of another key: nobody can read it any more.
      return this.first();
    }
  }

  async remove(id) {
    const { database } = await this.#open();
    await done(database.transaction('items', 'readwrite').objectStore('items').delete(id));
  }

  async #clean(database) {
    const items = database.transaction('items', 'readwrite').objectStore('items');
    for (let row = await done(items.openCursor()); row && row.value.at < Date.now() - longest; ) {
      await done(row.delete());
      row = await done(items.openCursor());
    }
  }

  #open() {
    this.#opening ??= open().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }
}

async function open() {
  const request = indexedDB.open('frat-kiosk', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('items', { autoIncrement: true });
    request.result.createObjectStore('keys');
  };
  const database = await done(request);
  let key = await done(database.transaction('keys').objectStore('keys').get('items'));
  if (!key) {
    key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await done(database.transaction('keys', 'readwrite').objectStore('keys').put(key, 'items'));
  }

  return { database, key };
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// The facts as JSON, behind their length; then the pictures as the host takes them.
async function pack({ frames, ...facts }) {
  const json = new TextEncoder().encode(JSON.stringify(facts));
  const head = new DataView(new ArrayBuffer(4));
  head.setUint32(0, json.length);
  return new Blob([head, json, frames ?? new Blob()]).arrayBuffer();
}

async function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0);
  const facts = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { ...facts, frames: new Blob([buffer.slice(4 + length)]) };
}

/** Several pictures as one body: each behind its length as four bytes. */
export function join(pictures) {
  return new Blob(pictures.flatMap((picture) => {
    const head = new DataView(new ArrayBuffer(4));
    head.setUint32(0, picture.size);
    return [head, picture];
  }));
}
