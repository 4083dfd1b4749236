// The clock on the site's wall goes on from what it showed when the page was made, whatever the clock of this machine says.
const clock = document.getElementById('clock');
const began = performance.now();
const shown = Date.parse(`${clock.dataset.now}Z`);

function draw() {
  const now = new Date(shown + performance.now() - began);
  clock.textContent = now.toISOString().slice(11, 19);
  setTimeout(draw, 1000 - now.getUTCMilliseconds());
}

draw();
