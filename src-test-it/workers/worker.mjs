// A worker in JavaScript for Node 18 or newer. See worker.sh for the environment.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const { MEOWMX_URL, MEOWMX_USER, HANDLER } = process.env;
const headers = { 'Content-Type': 'application/json', Authorization: 'Basic ' + btoa(MEOWMX_USER) };

function handle(event) {
  execFileSync(HANDLER, { input: JSON.stringify(event) });
}

async function post(path, body) {
  const answer = await fetch(MEOWMX_URL + path,
    { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.status === 200 ? answer.json() : null;
}

async function work() {
  const page = await post('/leases', { max: 10, wait: 'PT20S' });
  for (const event of page?.events ?? []) {
    try {
      await handle(event);
    } catch (failure) {
      return post(`/leases/${page.lease}/fail`, { position: event.position, message: String(failure) });
    }
  }
  return page && post(`/leases/${page.lease}/ack`, {});
}

for (;;) {
  await work().catch(() => sleep(1000)); // the server is away, or the lease has ended
}
