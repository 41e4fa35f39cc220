import type { Suggest } from '../command/command.ts';
import { isTiedTo, viewerOf } from '../domain/members/visibility.ts';
import {
  kinds as kindChoices,
  levels,
  MAX_ABOUT_LENGTH,
  MAX_SECTOR_LENGTH,
  partners,
  stages,
} from '../domain/partners/partner.ts';

// The args that several partner commands share.

/** The partner that a command is about. */
export const partner = {
  kind: 'partner',
  needed: true,
  summary: 'The partner',
  ask: 'Which partner?',
  hint: '',
} as const;

export const level = {
  kind: 'choice',
  choices: levels,
  labels: { hyperlocal: 'Hyperlocal: a few streets, or one estate' },
  summary: 'How far it reaches; hyperlocal: a few streets or one estate',
} as const;

export const sector = {
  kind: 'text',
  max: MAX_SECTOR_LENGTH,
  summary: 'What it is: council, charity, school, funder …',
} as const;

const SECTORS = [
  ...['council', 'charity', 'school', 'funder', 'health', 'housing association', 'police'],
  ...['business', 'faith group', 'youth club', 'university'],
];
/** How many partners are looked at for each key that somebody types. */
const MAX_PARTNERS_READ = 300;

/** Suggests sectors: the usual ones, and those of partners that are not hidden from the member. */
export const suggestSectors: Suggest = async (typed, { store, member, directory }) => {
  const viewer = viewerOf(member, directory);
  const query = { index: 'byName', where: { archived: false } } as const;
  const { rows } = await store.of(partners).find(query, MAX_PARTNERS_READ);
  const seen = rows.filter(({ id }) => !isTiedTo(viewer, id));
  const sectors = [...seen.map(({ sector: used }) => used ?? ''), ...SECTORS];
  return [...new Set(sectors)]
    .filter((each) => each !== '' && each.toLowerCase().startsWith(typed.trim().toLowerCase()))
    .sort((a, b) => a.localeCompare(b, 'en-GB'))
    .map((each) => ({ value: each, label: each }));
};

const kindLabels = {
  'co-producing': 'Co-producing: doing it together',
  commissioning: 'Commissioning: buying it',
};

export const kind = {
  kind: 'choice',
  choices: kindChoices,
  labels: kindLabels,
  aliases: ['kinds'],
  summary:
    'What the relationship is about; co-producing: doing it together; commissioning: buying it',
} as const;

export const kinds = {
  kind: 'choices',
  choices: kindChoices,
  labels: kindLabels,
  aliases: ['kind'],
  summary: 'One or more, with commas; co-producing: doing it together; commissioning: buying it',
  ask: 'What is the relationship about?',
  hint: '',
} as const;

export const stage = {
  kind: 'choice',
  choices: stages,
  labels: { warming: 'Warming up' },
  summary: 'How far the relationship has come',
} as const;

export const lead = {
  kind: 'member',
  summary: 'The member who looks after the relationship',
  ask: 'Who looks after it?',
  hint: '',
} as const;

export const every = {
  kind: 'duration',
  summary: 'How often to be in touch, such as 6 weeks',
  ask: 'How often should we be in touch?',
  hint: 'For example 6 weeks. Leave empty for what is usual here',
} as const;

export const about = {
  kind: 'text',
  long: true,
  max: MAX_ABOUT_LENGTH,
  summary: 'What matters about it, in a line or two',
} as const;

export const partOf = {
  kind: 'partner',
  aliases: ['partof'],
  summary: 'The partner that it is a part of, such as the council of a team',
} as const;

export const aliases = {
  kind: 'text',
  aliases: ['alias'],
  summary: 'Other names it goes by, with commas between',
} as const;
