// A minimal Slack: people who type, and as much of the Web API as an answer needs. It checks nothing, so that it takes
// little of the machine's time.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';

export const SIGNING_SECRET = 'signing-secret';
export const TEAM = { id: 'T0BENCH', name: 'Bench' };
/** People who type in turn. The first is the workspace's owner. */
const PEOPLE = 20;
const BOT = { user_id: 'U0BOT', bot_id: 'B0BOT' };
const nameOf = (index) => `U0${index}`;

/** @returns its address, and `say(app, index, text)`, by which somebody types a command. */
export async function openSlackEnd() {
  const awaited = new Map();
  const server = createServer(async (asked, response) => {
    const body = await text(asked);
    const [, first, method] = asked.url.split('/');
    if (first === 'reply') awaited.get(method)?.(JSON.parse(body).text);
    response.setHeader('content-type', 'application/json');
    response.end(first === 'api' ? JSON.stringify(answerTo(method, body)) : 'ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${server.address().port}`;
  const agent = new Agent({ keepAlive: true });
  let count = 0;

  /** @returns two promises: the acknowledgement, and the answer that is posted to the command's response URL. */
  function say(app, index, words) {
    const id = `${++count}`;
    const answered = new Promise((resolve) => awaited.set(id, resolve));
    const fields = {
      command: '/convenor',
      text: words,
      team_id: TEAM.id,
      team_domain: 'bench',
      user_id: nameOf(index % PEOPLE),
      channel_id: 'C0BENCH',
      trigger_id: `${id}.${Date.now()}`,
      response_url: `${base}/reply/${id}`,
    };
    const acknowledged = send(app, new URLSearchParams(fields).toString(), agent);
    return { acknowledged, answered: answered.finally(() => awaited.delete(id)) };
  }

  return {
    apiUrl: `${base}/api/`,
    say,
    /** Closes the connections to apps: an app may close an idle one just when a request is sent. */
    hangUp: () => agent.destroy(),
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo(method, body) {
  if (method === 'auth.test') return { ok: true, team_id: TEAM.id, team: TEAM.name, ...BOT };
  if (method !== 'users.info') return { ok: true };
  const id = new URLSearchParams(body).get('user');
  const name = `Member ${id}`;
  const profile = { display_name: name, real_name: name };
  const rest = { tz: 'Europe/London', profile, is_owner: id === nameOf(0) };
  return { ok: true, user: { id, team_id: TEAM.id, name, ...rest } };
}

/** Posts with Slack's signature. @returns the text of the acknowledgement. @throws Error if its status is not 200. */
async function send(app, body, agent) {
  const stamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${digest}`,
  };
  const sent = request(`${app}/slack/events`, { method: 'POST', agent, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${answer}`);
  return answer;
}

async function text(stream) {
  let all = '';
  for await (const part of stream.setEncoding('utf8')) all += part;
  return all;
}
