// Kiosks as they are at a door, and an office that registers people beside them. "benchmarks/Frat.Compare -- load" starts the host,
// writes the plan (plan.json), runs this, and holds what was answered against the database: node load.js plan.json results.json
import autocannon from 'autocannon';
import { readFileSync, writeFileSync } from 'node:fs';

const [planFile, resultFile] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile));
const pictures = new Map();
const picture = (file) => {
  if (!pictures.has(file)) pictures.set(file, readFileSync(file));
  return pictures.get(file);
};
const result = { looks: [], checkIns: [], enrolments: [], errors: [] };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// A run of autocannon on one connection, `perSecond` requests at most, where `next` makes the next request, and `answered` hears of it.
// Every answer is timed from its own request; autocannon's own figures mix frames with a face and without.
const cannon = (delay, options, next, answered) => wait(delay).then(() => new Promise((done, fail) => {
  let sent;
  const run = autocannon({
    url: plan.address,
    connections: 1,
    timeout: 30,
    ...options,
    requests: [{
      setupRequest: (request) => {
        sent = next();
        sent.at = performance.now();
        return { ...request, ...sent.request };
      },
      onResponse: (status, body) => answered(sent, status, performance.now() - sent.at, body),
    }],
  }, (error, summary) => {
    if (error) return fail(error);
    if (summary.errors + summary.timeouts > 0) result.errors.push(`${summary.errors} without an answer, ${summary.timeouts} too late`);
    done();
  });
  run.on('reqError', (error) => result.errors.push(String(error)));
}));

// Three connections, each of one frame a second, a third of a second apart: three frames a second, in even steps.
function kiosk(number, { name, cookie, visits }) {
  const begin = performance.now();
  const frame = (connection) => {
    const at = (performance.now() - begin) / 1000;
    const visit = visits[Math.floor(at / plan.visitSeconds) % visits.length];
    const isThere = at % plan.visitSeconds < plan.faceSeconds;
    const shown = isThere ? visit.frames[(Math.floor(at) + connection) % visit.frames.length] : plan.empty;
    return {
      visit: isThere ? visit : null,
      request: { method: 'POST', path: '/kiosk/calls/look', headers: { cookie, 'content-type': 'image/jpeg' }, body: picture(shown) },
    };
  };
  const answered = ({ visit }, status, ms, body) => {
    const answer = status === 200 ? JSON.parse(body) : null;
    const busy = status === 429;
    if (!answer && !busy) result.errors.push(`${name}: ${status} ${body}`);
    if (visit) result.looks.push({ ms, busy });
    if (answer?.punch) result.checkIns.push({ kiosk: name, ms, punch: answer.punch, state: answer.state, name: answer.name, who: visit?.name });
  };
  return [0, 1, 2].map((connection) =>
    cannon((connection * 1000) / 3 + number * 90, { connectionRate: 1, duration: plan.seconds }, () => frame(connection), answered));
}

// One registration every so many seconds, each of somebody new.
async function office({ cookie, photo, every }) {
  const boundary = 'frat-load';
  const field = (name, value) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  for (let number = 0, end = Date.now() + plan.seconds * 1000; Date.now() < end; number++) {
    const [id, begin] = [`L-${plan.run}-${number}`, performance.now()];
    const body = Buffer.concat([
      Buffer.from(field('employeeId', id) + field('name', `Newcomer ${number}`) + field('consent', '1')
        + field('duplicate_reason', 'The load has one newcomer’s photo.')
        + `--${boundary}\r\ncontent-disposition: form-data; name="photo"; filename="photo.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`),
      picture(photo),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    await cannon(0, { amount: 1 }, () => ({
      request: { method: 'POST', path: '/api/v1/people', headers: { cookie, 'content-type': `multipart/form-data; boundary=${boundary}` }, body },
    }), (_, status, ms, text) => {
      if (status === 201) result.enrolments.push({ id, ms });
      else result.errors.push(`registration: ${status} ${text}`);
    });
    await wait(Math.max(0, Math.min(every * 1000 - (performance.now() - begin), end - Date.now())));
  }
}

await Promise.all([...plan.kiosks.flatMap((one, number) => kiosk(number, one)), plan.office ? office(plan.office) : null]);
writeFileSync(resultFile, JSON.stringify(result));
