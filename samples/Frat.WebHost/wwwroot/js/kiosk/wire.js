const calls = new URL('../../kiosk/calls/', import.meta.url);
const patience = Number(document.body.dataset.patience) * 1000;

/** Tells two open pages apart on a host where nothing is paired. */
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The host gave no answer, or one that may pass: what was sent can be sent again. */
export class Unreachable extends Error {}

/** The host refused it for good. */
export class Refused extends Error {
  constructor(status, code) {
    super(code ?? String(status));
    this.status = status;
    this.code = code;
  }
}

/** Calls the host, and gives the answer's JSON. */
export async function call(name, body, { type = 'application/json', headers = {} } = {}) {
  let response;
  let answer;
  try {
    response = await fetch(new URL(name, calls), {
      method: 'POST',
      body: type === 'application/json' ? JSON.stringify(body) : body,
      headers: { 'Content-Type': type, Accept: 'application/json, application/problem+json', 'X-Page': page, ...headers },
      signal: AbortSignal.timeout(patience),
    });
    answer = JSON.parse(await response.text());
  } catch {
    throw new Unreachable();
  }

  if (response.ok) {
    return answer;
  }

  if (response.status === 401) {
    location.replace(new URL('../pair', calls)); // Removed in the office: nothing here works any more.
  }

  if (response.status === 401 || response.status === 408 || response.status === 429 || response.status >= 500) {
    throw new Unreachable();
  }

  throw new Refused(response.status, answer.code);
}

export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
