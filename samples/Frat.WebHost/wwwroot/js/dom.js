const icons = new URL('../icons.svg', import.meta.url);
const svg = 'http://www.w3.org/2000/svg';

/** An icon of icons.svg. */
export function icon(name) {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', 'icon');
  element.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `${icons.pathname}#${name}`);
  element.append(use);
  return element;
}

/** A rectangle of an SVG picture. */
export function rectangle(left, top, right, bottom) {
  const element = document.createElementNS(svg, 'rect');
  const facts = { x: left, y: top, width: right - left, height: bottom - top, rx: (right - left) / 16 };
  for (const [name, value] of Object.entries(facts)) {
    element.setAttribute(name, value);
  }

  return element;
}

/** An element with a class and text; the text may hold any script, so its direction is its own. */
export function text(tag, className, content) {
  const element = document.createElement(tag);
  element.className = className;
  element.dir = 'auto';
  element.textContent = content;
  return element;
}

/** Marks a button as busy. It keeps the focus, and so the keyboard's place on the page. */
export function setBusy(button, busy, label) {
  button.setAttribute('aria-disabled', String(busy));
  button.classList.toggle('busy', busy);
  button.querySelector('.label').textContent = label;
}
