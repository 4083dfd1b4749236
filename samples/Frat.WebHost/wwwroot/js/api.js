const root = new URL('../api/v1/', import.meta.url);
const patience = 60_000;

export const maxPhotoBytes = 20 * 1024 * 1024;

export const imageReasons = {
  empty: 'This file is empty. Choose another photo.',
  tooManyBytes: 'This photo is too large. Choose one of at most 20 MB.',
  unsupportedFormat: 'This file isn’t a photo that can be read. Use a JPEG, PNG or WebP photo.',
  tooManyPixels: 'This photo has too many pixels. Choose a smaller one.',
  tooCostly: 'This photo would take too long to open. Choose a smaller one, or a plain JPEG.',
  corrupt: 'This photo is damaged. Choose another one.',
};

/** Why a request came to nothing, in a sentence for a person. */
export class Problem extends Error {
  constructor(sentence, { status = 0, body = {} } = {}) {
    super(sentence);
    this.status = status;
    this.code = body.code;
    this.errors = body.errors ?? {};
    this.photoIndex = body.photoIndex;
    this.verdict = body.verdict;
  }

  /** True when no answer came at all. */
  get unreachable() {
    return this.status === 0;
  }

  /** True when the same request may well succeed a little later. */
  get mayPass() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Why a file can't be a photo, as far as can be told without decoding it; null when it may be one. */
export function refuseFile(file) {
  // A file without an extension has no type: the server looks at its bytes.
  if (file.type !== '' && !file.type.startsWith('image/')) {
    return imageReasons.unsupportedFormat;
  }

  return file.size === 0 ? imageReasons.empty : null;
}

/** Posts a form and gives the answer's JSON; throws a Problem otherwise. */
export async function post(path, form, { headers = {}, timeout = patience } = {}) {
  let response;
  let body;
  try {
    response = await fetch(new URL(path, root), {
      method: 'POST',
      body: form,
      headers: { Accept: 'application/json, application/problem+json', ...headers },
      signal: AbortSignal.timeout(timeout),
    });
    body = await readJson(response);
  } catch {
    throw new Problem('The server can’t be reached. Nothing is lost: check the connection, then try again.');
  }

  if (!response.ok || body === null) {
    throw new Problem(explain(response.status, body ?? {}), { status: response.ok ? 502 : response.status, body: body ?? {} });
  }

  return body;
}

// A proxy on the way may answer with a page of its own; a broken connection throws, and is told as such.
async function readJson(response) {
  const answer = await response.text();
  try {
    return JSON.parse(answer);
  } catch {
    return null;
  }
}

function explain(status, body) {
  if (body.code === 'invalidImage') {
    return imageReasons[body.reason] ?? imageReasons.unsupportedFormat;
  }

  if (body.code === 'requestTooLarge') {
    return 'The photos together are too large. Remove one, or use smaller ones.';
  }

  if (status === 413) {
    return 'This is too large to send. Use smaller photos.'; // The answer of a proxy on the way, with a limit of its own.
  }

  if (status === 429) {
    return 'Too many tries in a short time. Wait a moment, then try again.';
  }

  if (status === 503) {
    return body.detail ?? 'The server can’t do this right now. Nothing is lost: try again in a moment.';
  }

  if (status >= 500 || status < 400) {
    return 'Something went wrong on the server. Nothing is lost: try again in a moment.';
  }

  return body.detail ?? body.title ?? 'The server refused this. Try again, or ask the people who run this site.';
}
