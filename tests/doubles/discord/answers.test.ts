import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Events, type Interaction, MessageFlags, Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { type Json, objectOf, textOf } from '../json.ts';
import { describeErrors } from '../schema-errors.ts';
import { readyClient } from './client.ts';
import { type DiscordDouble, type LoggedCall, startDiscord } from './discord.ts';
import { restClient } from './rest-client.ts';

/** Discord's published description of its answers: see contracts/source.md */
const file = new URL('contracts/responses.json', import.meta.url);

it("the double's answers are as Discord publishes them, for every operation", async () => {
  const contract: Json = JSON.parse(readFileSync(file, 'utf8'));
  const calls = await everyCall();
  const published = publishedIn(contract);
  expect(calls.flatMap((call) => problem(published, call))).toEqual([]);
  const wanted = Object.values(objectOf(contract.paths)).flatMap((path) =>
    Object.values(objectOf(path)).map((operation) => textOf(objectOf(operation).operationId)),
  );
  expect([...new Set(calls.map(({ method }) => method))].sort()).toEqual(wanted.sort());
});

/** What is wrong with one answer. */
function problem(published: Ajv2020, { method, status, answer }: LoggedCall): string[] {
  const check = published.getSchema(`discord#/answers/${method}/${status}`);
  if (!check) return [`${method} never answers ${status}`];
  return check(JSON.parse(JSON.stringify(answer ?? null)))
    ? []
    : [describeErrors(method, check.errors)];
}

/** The answers of every operation, by its id and their status; null where they are empty. */
function publishedIn({ paths, components }: Json): Ajv2020 {
  const operations = Object.values(objectOf(paths)).flatMap((path) =>
    Object.values(objectOf(path)),
  );
  const answers = operations.map(objectOf).map(({ operationId, responses }) => {
    const all = Object.entries(objectOf(responses)).map(([status, given]) => {
      const { schema } = objectOf(objectOf(objectOf(given).content)['application/json']);
      return [status, schema ?? { type: 'null' }];
    });
    return [operationId, Object.fromEntries(all)];
  });
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.addSchema({ $id: 'discord', answers: Object.fromEntries(answers), components });
}

/** Calls each operation at least once. */
async function everyCall() {
  const discord = await startDiscord();
  const guild = discord.addGuild();
  const tom = discord.addUser(guild, { name: 'Tom' });
  const channel = discord.addChannel(guild);
  const client = await readyClient(discord, (one) => one.on(Events.InteractionCreate, answered));
  try {
    await everyRequest(discord, { guild: guild.id, user: tom.id, channel: channel.id });
    const person = discord.as(tom, channel);
    await person.slash('log');
    const last = 'delete_original_webhook_message';
    await discord.until('the last word', () => discord.calls.find(({ method }) => method === last));
    const asked = await (await person.slash('log', { with: 'me' })).reply();
    await person.press(asked, 'Go');
    await person.suggest('log', 'with', 'x');
    await (await person.slash('log', { with: 'form' })).modal();
    await restClient(discord).delete(Routes.userGuild(guild.id));
    expect(discord.violations).toEqual([]);
    return discord.calls.filter(({ status }) => status < 300);
  } finally {
    await client.destroy();
    await discord.close();
  }
}

const row = { type: 1, components: [{ type: 2, style: 1, custom_id: 'go', label: 'Go' }] } as const;

async function answered(call: Interaction): Promise<void> {
  if (call.isAutocomplete()) await call.respond([{ name: 'One', value: '1' }]);
  if (call.isButton()) await call.update({ content: 'Two', components: [], withResponse: true });
  if (!call.isChatInputCommand()) return;
  const input = { type: 4, style: 1, custom_id: 'i' } as const;
  if (call.options.getString('with') === 'form') {
    const components = [{ type: 18, label: 'x', component: input }] as const;
    await call.showModal({ custom_id: 'f', title: 'x', components: [...components] });
    return;
  }
  if (call.options.getString('with')) {
    await call.reply({ content: 'One', components: [row], withResponse: true });
    return;
  }
  await call.deferReply({ withResponse: true });
  await call.fetchReply();
  await call.editReply('One');
  const more = await call.followUp({ content: 'Two', flags: MessageFlags.Ephemeral });
  await call.fetchReply(more.id);
  await call.editReply({ message: more.id, content: 'Three' });
  const gone = await call.followUp('x');
  await call.deleteReply(gone.id);
  const open = await call.followUp('y');
  await call.client.rest.delete(Routes.channelMessage(call.channelId, open.id));
  await call.deleteReply();
}

async function everyRequest(
  discord: DiscordDouble,
  { guild, user, channel }: Record<'guild' | 'user' | 'channel', string>,
): Promise<void> {
  const rest = restClient(discord);
  const { applicationId } = discord;
  const options = [{ type: 3, name: 'with', description: 'x', autocomplete: true }];
  const body = [{ name: 'log', description: 'x', options }];
  for (const route of [
    Routes.applicationCommands(applicationId),
    Routes.applicationGuildCommands(applicationId, guild),
  ]) {
    await rest.put(route, { body: route.includes('guilds') ? [] : body });
    await rest.get(route);
  }
  const text = { type: 10, content: 'x' };
  const menu = { type: 3, custom_id: 'm', options: [{ label: 'x', value: 'x' }] };
  const components = [
    {
      type: 17,
      components: [
        text,
        { type: 14 },
        { type: 9, components: [text], accessory: row.components[0] },
      ],
    },
    { type: 1, components: [menu] },
  ];
  const send = { flags: MessageFlags.IsComponentsV2, components };
  const { id } = (await rest.post(Routes.channelMessages(channel), { body: send })) as {
    id: string;
  };
  await rest.patch(Routes.channelMessage(channel, id), { body: { components } });
  await rest.post(Routes.userChannels(), { body: { recipient_id: user } });
  const thread = (await rest.post(Routes.threads(channel), { body: { name: 'x' } })) as {
    id: string;
  };
  await rest.put(Routes.threadMembers(thread.id, user));
  for (const route of [
    ...[Routes.channelMessages(channel), Routes.channelMessage(channel, id)],
    ...[Routes.channel(channel), Routes.channel(thread.id), Routes.threadMembers(thread.id)],
    ...[Routes.guild(guild), Routes.guildChannels(guild), Routes.guildRoles(guild)],
    ...[Routes.guildMember(guild, user), Routes.guildActiveThreads(guild)],
    ...[Routes.user(), Routes.user(user), Routes.currentApplication()],
  ])
    await rest.get(route);
  await rest.delete(Routes.threadMembers(thread.id, user));
}
