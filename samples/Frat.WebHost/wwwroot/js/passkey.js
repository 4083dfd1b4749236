// Makes a passkey, or signs in with one: the server says with which options, the browser asks its owner, and a form carries the answer.
const button = document.getElementById('passkey');
const form = document.getElementById('passkey-form');
const error = document.getElementById('passkey-error');
const none = document.getElementById('passkey-none');
// A passkey belongs to a name: an address of numbers has none.
const isOffered = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON) && window.isSecureContext
  && !/^[\d.]+$|^\[/.test(location.hostname);

async function options() {
  const body = new FormData();
  body.set('__RequestVerificationToken', form.elements.__RequestVerificationToken.value);
  const answer = await fetch('?handler=PasskeyOptions', { method: 'POST', body });
  if (!answer.ok) {
    throw new Error(`The server answered ${answer.status}.`);
  }

  return answer.json();
}

async function ask() {
  const credential = button.dataset.passkey === 'create'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await options()) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await options()) });
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

button.hidden = !isOffered;
if (none) {
  none.hidden = isOffered;
}

button.addEventListener('click', () => {
  error.textContent = '';
  ask().catch((reason) => {
    error.textContent = reason.name === 'NotAllowedError' ? 'No passkey was given. Try again, or use the password.' : String(reason.message ?? reason);
  });
});
