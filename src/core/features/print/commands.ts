import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { readWorkload } from '../../domain/handover/workload.ts';
import { contactOf, maySpeakFor } from '../../domain/members/by-hand.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { sendFile } from '../../domain/outgoing-files/outgoing-file.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type Sheet, sheetPage } from './sheet.ts';

/** Sends a page in large type with what is somebody's, to be printed for them. */
const print = defineCommand({
  name: 'print',
  title: 'A sheet to print',
  summary: 'Get a page in large type to print, with what somebody has promised',
  examples: ['print me', 'print Edna Price'],
  args: {
    who: {
      kind: 'member',
      needed: true,
      summary: 'Whose; you, or somebody without Slack or Discord with whom you keep in touch',
      ask: 'Whose?',
      hint: '',
    },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'see the register',
  writes: true,
  submit: 'Get the sheet',
  async run({ args, member, today, now }, deps): Promise<Reply> {
    const subject = deps.directory.member(args.who.id);
    if (!subject || (subject.id !== member.id && !maySpeakFor(member, subject)))
      throw new UserError(
        rich`A sheet is for yourself, or for somebody without Slack or Discord with whom you keep in touch. ${args.who.name} can type it too.`,
        'who',
      );
    const sheet = await readSheet(subject, { member, today }, deps);
    const file = {
      name: 'sheet-to-print.html',
      type: 'text/html',
      bytes: Buffer.from(sheetPage(sheet)),
    };
    const text = rich`A sheet for ${bold(subject.name)}. Open it in your browser and print it from there.`;
    const viewer = viewerOf(member, deps.directory);
    const { untracked: store, wake } = deps;
    const sent = { key: deps.id('sheet'), recipient: member.id, file, reply: { text }, viewer };
    await sendFile(sent, { store, now, wake });
    return {
      text: rich`I'm sending you a sheet for ${bold(subject.name)}, in a direct message.`,
    };
  },
});

/** Reads what is on somebody's sheet: nothing that is hidden from who prints it. */
async function readSheet(
  subject: Member,
  { member, today }: Pick<Call, 'member' | 'today'>,
  { store, directory, partnership }: Deps,
): Promise<Sheet> {
  const { mine, asked, led } = await readWorkload(subject, store);
  const viewers = [member, subject].map((one) => viewerOf(one, directory));
  const isShown = (row: Followup) => viewers.every((viewer) => !isFollowupHiddenFrom(viewer, row));
  const item = ({ title, partner, dueDay }: Followup) => ({
    title,
    partner: directory.partner(partner ?? '')?.name ?? null,
    dueDay,
  });
  const shown = mine.filter(isShown);
  const keeper = subject.id === member.id ? undefined : contactOf(subject, directory);
  return {
    partnership: partnership.name,
    name: subject.name,
    today,
    todo: shown.filter(({ ours }) => ours).map(item),
    awaited: shown.filter(({ ours }) => !ours).map(item),
    asked: asked.filter(isShown).map(item),
    led: led.map(({ name }) => name),
    ring: keeper?.active ? keeper.name : null,
  };
}

export const printCommands = [print];
