import { defineCommand } from '../../../src/core/command/command.ts';
import { createDirectory, type PartnerName } from '../../../src/core/domain/directory/directory.ts';
import type { Member } from '../../../src/core/domain/members/member.ts';
import type { Place, RawArgs } from '../../../src/core/message/invocation.ts';
import { type Button, buttonsOf } from '../../../src/core/message/reply.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { Question, UserError } from '../../../src/core/message/user-error.ts';
import { resolveArgs } from '../../../src/core/parsing/resolve.ts';
import type { ResolveContext } from '../../../src/core/parsing/resolve-value.ts';

/** Monday 23 November 2026, 10:00 in London. */
export const NOW = new Date('2026-11-23T10:00:00.000Z');
export const ZONE = 'Europe/London';

/** Names as partnerships have them, from real registers. */
const names: readonly [name: string, ...aliases: string[]][] = [
  ['Riverside Borough Council'],
  ['Riverside Parish Council'],
  ['Riverside Housing', 'The Riverside Group'],
  ['Sandwell Metropolitan Borough Council', 'Sandwell Council', 'Sandwell MBC'],
  ['Medway Council'],
  ['Bristol City Council', 'BCC'],
  ['Stoke-on-Trent City Council'],
  ['NHS Kent and Medway Integrated Care Board', 'Kent and Medway ICB'],
  ['Avon and Somerset Police'],
  ['The National Lottery Community Fund', 'National Lottery', 'TNLCF'],
  ['Local Trust'],
  ['Media Trust'],
  ['Power to Change'],
  ['Esmée Fairbairn Foundation', 'Esmee Fairbairn'],
  ['Age UK'],
  ['Groundwork UK', 'Groundwork'],
  ['Shelter'],
  ['StreetGames'],
  ['Co-op Community Investment Foundation', 'Co-op'],
  ['Community Foundation Tyne & Wear and Northumberland', 'CFTWN'],
  ['Withernsea High School'],
  ['Withernsea Town Council'],
  ['Withernsea & Patrington Medical Group'],
  ['Oakfield School'],
  ['مركز الشباب'],
];

const archived: PartnerName = { id: 'old', name: 'Old Mill Trust', aliases: [], archived: true };

/** Partners have their place in the list as id: `p0`, `p1` … */
export const partners: readonly PartnerName[] = [
  ...names.map(([name, ...aliases], index) => ({
    id: `p${index}`,
    name,
    aliases,
    archived: false,
  })),
  archived,
];

/** A member with the fields that parsing looks at. */
function memberCalled(id: string, name: string, active = true): Member {
  const identities = [{ platform: 'chat', workspace: 'w1', user: `U-${id}` }];
  const member: Partial<Member> = { id, name, role: 'worker', identities, active };
  return member as Member;
}

const maya = memberCalled('m1', 'Maya Singh');
const members = [
  maya,
  memberCalled('m2', 'Sam Okafor'),
  memberCalled('m3', 'Sam Young'),
  memberCalled('m4', 'Jo'),
  memberCalled('m5', 'Olive Gone', false),
];

const directory = createDirectory(partners, members);
const place: Place = { platform: 'chat', workspace: 'w1', channel: 'C1', direct: false };
export const context: ResolveContext = {
  directory,
  now: NOW,
  zone: ZONE,
  member: maya,
  place,
  id: (label) => `id of ${label}`,
  key: 'key-1',
};

/** A command with an arg of every kind, shaped like `log`. */
export const log = defineCommand({
  name: 'log',
  summary: 'Note a contact',
  examples: ['log riverside council met Jane how:call'],
  args: {
    with: { kind: 'partner', add: true, needed: true, summary: 'The partner', ask: 'Who with?' },
    note: { kind: 'text', long: true, summary: 'What happened' },
    next: { kind: 'text', summary: 'What was promised', max: 100 },
    by: { kind: 'date', tense: 'future', moment: true, aliases: ['due'], summary: 'Due' },
    when: { kind: 'date', tense: 'past', summary: 'When it was' },
    who: { kind: 'member', clearable: true, summary: 'Whose' },
    how: { kind: 'choice', choices: ['meeting', 'call', 'email'], summary: 'How' },
    kinds: {
      kind: 'choices',
      choices: ['information sharing', 'grant funding', 'co-producing'],
      summary: 'Kinds',
    },
    every: { kind: 'duration', clearable: true, summary: 'How often' },
    at: { kind: 'time', summary: 'At' },
    zone: { kind: 'zone', summary: 'Zone' },
    times: { kind: 'number', min: 1, max: 50, summary: 'Times' },
    in: { kind: 'channel', summary: 'Where' },
    noreply: { kind: 'flag', aliases: ['no-reply'], summary: 'No answer' },
  },
  words: ['with', 'note'],
  audience: 'actor',
  guard: 'note things',
  run: async () => ({ text: [] }),
});

/** A command without room for a note, whose partner must be known. */
export const show = defineCommand({
  name: 'partner show',
  summary: 'Show a partner',
  examples: ['partner show riverside housing'],
  args: { with: { kind: 'partner', needed: true, summary: 'The partner' } },
  words: ['with'],
  audience: 'actor',
  guard: 'see the register',
  run: async () => ({ text: [] }),
});

/** A command that takes no words. */
export const today = defineCommand({
  name: 'today',
  summary: 'See everything that is yours',
  examples: ['today'],
  args: { how: { kind: 'choice', choices: ['call'], summary: 'How' } },
  audience: 'actor',
  guard: 'see the register',
  run: async () => ({ text: [] }),
});

/** The outcome of parsing: values, or what the user is told, with the buttons. */
export interface Outcome {
  values?: Record<string, unknown>;
  said?: string;
  arg?: string | undefined;
  buttons?: readonly Button[];
}

/** Resolves raw args as the bot would, and says what the user would see. */
export function outcome(raw: RawArgs, command = log): Outcome {
  try {
    return { values: { ...resolveArgs(command, raw, context).values } };
  } catch (error) {
    if (error instanceof UserError) return { said: plainText(error.text, ZONE), arg: error.arg };
    if (!(error instanceof Question)) throw error;
    return { said: plainText(error.reply.text, ZONE), buttons: buttonsOf(error.reply) };
  }
}

/** The outcome of a typed line. */
export const typed = (words: string, command = log): Outcome => outcome({ words }, command);
