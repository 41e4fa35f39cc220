import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { dataExports } from '../../domain/data-exports/data-export.ts';
import type { Reply } from '../../message/reply.ts';
import { exportBegunReply, ownExportBegunReply } from './cards.ts';
import { requestCommands } from './requests.ts';
import { findWho, nameArg, type Who, whoArg } from './who.ts';

/** A coordinator asks what is held on somebody. */
const data = defineCommand({
  name: 'data',
  title: 'What is held on somebody',
  submit: 'Get the file',
  summary: 'Get a file of what is held on somebody',
  examples: ['data Jane Doe'],
  args: { name: nameArg, who: whoArg },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run(call, deps): Promise<Reply> {
    const who = findWho(call.args, call, deps);
    await queueExport(who, call, deps);
    return exportBegunReply(who.name);
  },
});

/** A member asks what is held on them. */
const ownData = defineCommand({
  name: 'me data',
  summary: 'Get a file of what I hold on you',
  examples: ['me data'],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run(call, deps): Promise<Reply> {
    await queueExport({ name: call.member.name, member: call.member }, call, deps);
    return ownExportBegunReply;
  },
});

async function queueExport(
  { name, member }: Who,
  call: Pick<Call, 'member' | 'now'>,
  { untracked, id, wake }: Pick<Deps, 'untracked' | 'id' | 'wake'>,
): Promise<void> {
  await untracked.of(dataExports).insert({
    id: id('data-export'),
    name,
    member: member?.id ?? null,
    recipient: call.member.id,
    createdAt: call.now,
    nextRunAt: call.now,
    claim: null,
    sending: null,
  });
  wake();
}

export const dataCommands = [data, ownData, ...requestCommands];
