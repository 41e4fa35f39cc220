// A minimal Discord: people who use commands, and as much of the gateway and the API as an answer needs. It checks
// nothing, so that it takes little of the machine's time.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

export const TOKEN = 'bench.bot.token';
export const GUILD = '100000000000000001';
/** The role whose holders are members. */
export const RESIDENTS = '100000000000000002';
const APPLICATION = '100000000000000003';
const CHANNEL = '100000000000000004';
/** People who type in turn. The first may manage the server. */
const PEOPLE = 20;
const MANAGE_GUILD = '32';

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
const HEARTBEAT = 1;
const IDENTIFY = 2;
const HELLO = 10;
const HEARTBEAT_ACK = 11;

/** https://discord.com/developers/docs/reference#snowflakes */
const EPOCH = 1_420_070_400_000;

/** The kind of answer that is a message: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const MESSAGE = 4;

/**
 * @returns its address, and `use(index, options)`, by which somebody uses `/log`. Of the two promises that it returns, one
 * resolves with the first answer, the other with the message. They are the same unless the first answer defers.
 */
export async function openDiscordEnd() {
  const awaited = new Map();
  const server = createServer(async (asked, response) => {
    const body = await text(asked);
    const [first, id, token] = asked.url.split('/').slice(3);
    const isFirst = first === 'interactions';
    if (isFirst) awaited.get(id)?.(JSON.parse(body));
    else if (first === 'webhooks') awaited.get(token)?.(JSON.parse(body));
    const answer = isFirst ? undefined : answerTo(asked.url, body, base);
    response.writeHead(answer ? 200 : 204, answer ? { 'content-type': 'application/json' } : {});
    response.end(answer && JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `127.0.0.1:${server.address().port}`;
  let dispatch = () => {};
  const gateway = new WebSocketServer({ server });
  gateway.on('connection', (line) => {
    let sequence = 0;
    const send = (payload) => line.send(JSON.stringify({ s: null, t: null, ...payload }));
    dispatch = (t, d) => send({ op: 0, s: ++sequence, t, d });
    line.on('message', (data) => {
      const { op } = JSON.parse(data);
      if (op === HEARTBEAT) send({ op: HEARTBEAT_ACK });
      if (op === IDENTIFY) for (const [t, d] of beginning(base)) dispatch(t, d);
    });
    send({ op: HELLO, d: { heartbeat_interval: 41_250 } });
  });
  let count = 0;

  return {
    apiUrl: `http://${base}/api`,
    use(index, options) {
      const id = `${(BigInt(Date.now() - EPOCH) << 22n) | BigInt(++count % 4096)}`;
      const answered = new Promise((resolve) => awaited.set(id, resolve));
      const changed = new Promise((resolve) => awaited.set(tokenOf(id), resolve));
      dispatch('INTERACTION_CREATE', interactionOf(id, index % PEOPLE, options));
      const told = answered.then((first) => (first.type === MESSAGE ? first : changed));
      const message = told.finally(() => {
        for (const key of [id, tokenOf(id)]) awaited.delete(key);
      });
      return { answered, message };
    },
    async stop() {
      gateway.close();
      for (const line of gateway.clients) line.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The first events of the gateway. */
function beginning(base) {
  const user = { id: APPLICATION, username: 'convenor', discriminator: '0', bot: true };
  const ready = {
    ...{ v: 10, user, session_id: 'bench', resume_gateway_url: `ws://${base}`, shard: [0, 1] },
    guilds: [{ id: GUILD, unavailable: true }],
    application: { id: APPLICATION, flags: 0 },
  };
  const everyone = { id: GUILD, name: '@everyone', permissions: '0', position: 0 };
  const guild = {
    ...{ id: GUILD, name: 'Bench', owner_id: personOf(0).user.id, roles: [everyone] },
    channels: [{ id: CHANNEL, guild_id: GUILD, type: 0, name: 'partners' }],
    ...{ members: [], threads: [], emojis: [], stickers: [], features: [] },
  };
  return [
    ['READY', ready],
    ['GUILD_CREATE', guild],
  ];
}

const tokenOf = (id) => `token-${id}`;

function interactionOf(id, index, options) {
  return {
    ...{ id, application_id: APPLICATION, type: 2, token: tokenOf(id), version: 1 },
    ...{ guild_id: GUILD, channel_id: CHANNEL, member: personOf(index) },
    channel: { id: CHANNEL, guild_id: GUILD, type: 0, name: 'partners' },
    ...{ locale: 'en-GB', entitlements: [], authorizing_integration_owners: { 0: GUILD } },
    ...{ context: 0, app_permissions: '0', attachment_size_limit: 10_485_760 },
    data: {
      ...{ id: '100000000000000005', name: 'log', type: 1 },
      options: Object.entries(options).map(([name, value]) => ({ name, value, type: 3 })),
    },
  };
}

function personOf(index) {
  const id = `1000000000000001${String(index).padStart(2, '0')}`;
  const user = { id, username: `member_${index}`, global_name: `Member ${index}` };
  const permissions = index === 0 ? MANAGE_GUILD : '0';
  return { user, nick: null, roles: [RESIDENTS], permissions, joined_at: new Date(0), flags: 0 };
}

function answerTo(url, body, base) {
  if (url.endsWith('/gateway/bot')) {
    const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
    return { url: `ws://${base}`, shards: 1, session_start_limit: limit };
  }
  if (url.endsWith('/commands')) return body ? JSON.parse(body) : [];
  return { id: APPLICATION };
}

async function text(stream) {
  let all = '';
  for await (const part of stream.setEncoding('utf8')) all += part;
  return all;
}
