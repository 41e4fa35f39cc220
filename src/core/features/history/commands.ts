import { idFromReference } from '../../base/id.ts';
import { quoteShort } from '../../base/text.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { isSameMember } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { questionWith, UserError } from '../../message/user-error.ts';
import { likelyItem, matchWhole } from '../../names/match.ts';
import { type HistoryTopic, historyCard } from './cards.ts';
import { readHistory } from './read.ts';

const before = {
  kind: 'text',
  max: 40,
  summary: 'Only what came before this moment. The button fills this in',
  fromButton: true,
} as const;

/** Shows who changed what about a partner or a member. */
const history = defineCommand({
  name: 'history',
  summary: 'See who changed what about a partner or a member, and when',
  examples: ['history riverside council', 'history @Tom', 'history me'],
  args: {
    who: {
      kind: 'member',
      past: true,
      summary: 'A member. Coordinators can ask about anybody, others about themselves',
    },
    which: { kind: 'text', max: 200, summary: 'A partner, also one in the archive' },
    before,
  },
  words: ['who', 'which'],
  audience: 'actor',
  guard: 'see the register',
  async run(call, deps): Promise<Reply> {
    const { who, which } = call.args;
    if (who) {
      const isOwn = isSameMember(call.member, who.id);
      if (!isOwn && !may(call.member.role, 'coordinate')) return refusal.noRight('coordinate');
      return showHistory({ kind: 'member', id: who.id, name: who.name }, call, deps);
    }
    if (which === undefined) return askAboutWhat(may(call.member.role, 'coordinate'));
    const { id, name } = findPartner(which, deps.directory);
    return showHistory({ kind: 'partner', id, name }, call, deps);
  },
});

/** Shows who changed the settings of the partnership. */
const settingsHistory = defineCommand({
  name: 'history settings',
  summary: 'See who changed the settings, erased details or asked for a file',
  examples: ['history settings'],
  args: { before },
  audience: 'actor',
  guard: 'coordinate',
  run: (call, deps) => showHistory({ kind: 'settings', id: deps.partnership.id }, call, deps),
});

async function showHistory(
  topic: HistoryTopic,
  { args, member }: Pick<Call<{ before: typeof before }>, 'args' | 'member'>,
  { store, directory }: Deps,
): Promise<Reply> {
  const isPartial = topic.kind === 'partner' && isTiedTo(viewerOf(member, directory), topic.id);
  const start = args.before === undefined ? undefined : readInstant(args.before);
  const page = await readHistory(
    { subjects: [topic.id, ...mergedInto(topic.id, directory)], before: start },
    ({ actor }) => !isPartial || isSameMember(member, actor),
    store,
  );
  const isFirst = start === undefined;
  return historyCard(page, topic, { member, directory }, { isPartial, isFirst });
}

/** The ids of the partners that were merged into one, also by way of others. */
function mergedInto(id: string, { mergedPartners, partner }: Directory): string[] {
  return mergedPartners.filter((one) => partner(one.id)?.id === id).map((one) => one.id);
}

/** @throws UserError if the text is not an instant, as the button has it. */
function readInstant(text: string): Date {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new UserError(rich`Before when is "${quoteShort(text)}"? Leave that out, please.`);
  return new Date(ms);
}

function askAboutWhat(isCoordinator: boolean): Reply {
  const own: Button = { label: 'About me', command: 'history', args: { who: 'me' } };
  const settings: Button = { label: 'The settings', command: 'history settings', args: {} };
  return {
    text: rich`The history of what? For a partner, type ${commandText('history')} and its name.`,
    card: [{ kind: 'buttons', buttons: isCoordinator ? [own, settings] : [own] }],
  };
}

/**
 * Finds a partner by a button's `#id` or by its name, also in the archive.
 * @throws Question if several match. @throws UserError if none does.
 */
function findPartner(text: string, { partner, partners }: Directory): PartnerName {
  const known = partner(idFromReference(text));
  if (known) return known;
  const match = matchWhole(text, partners);
  if (match.kind === 'one') return match.item;
  const likely = likelyItem(match);
  if (likely) return likely;
  if (match.kind === 'none' && match.near.length === 0)
    throw new UserError(
      rich`I can't find a partner like "${quoteShort(text)}". See them with ${commandText('partner list')}.`,
      'which',
    );
  const offered = (match.kind === 'none' ? match.near : match.items).map(
    ({ id, name }): Button => ({ label: name, command: 'history', args: { which: `#${id}` } }),
  );
  throw questionWith(rich`Which partner did you mean by ${bold(quoteShort(text))}?`, offered);
}

export const historyCommands = [history, settingsHistory];
