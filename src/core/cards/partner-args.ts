import {
  kinds as kindChoices,
  LONGEST_SECTOR,
  levels,
  stages,
} from '../domain/partners/partner.ts';

/** The args that several partner commands share. */
export const partner = {
  kind: 'partner',
  needed: true,
  summary: 'The partner',
  ask: 'Which partner?',
} as const;

export const level = { kind: 'choice', choices: levels, summary: 'Where it works' } as const;

export const sector = {
  kind: 'text',
  max: LONGEST_SECTOR,
  summary: 'What it is: council, charity, school, funder …',
} as const;

export const kind = {
  kind: 'choice',
  choices: kindChoices,
  aliases: ['kinds'],
  summary: 'What the relationship is about',
} as const;

export const kinds = {
  kind: 'choices',
  choices: kindChoices,
  aliases: ['kind'],
  summary: 'What the relationship is about; several with commas between',
  ask: 'What is the relationship about?',
} as const;

export const stage = { kind: 'choice', choices: stages, summary: 'How far it has come' } as const;

export const lead = {
  kind: 'member',
  summary: 'The member who keeps the relationship',
  ask: 'Who keeps it?',
} as const;

export const every = {
  kind: 'duration',
  summary: 'How often to be in touch, such as 6 weeks',
  ask: 'How often should we be in touch?',
} as const;

export const aliases = {
  kind: 'text',
  aliases: ['alias'],
  summary: 'Other names it goes by, with commas between',
} as const;
