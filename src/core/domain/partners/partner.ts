import type { Day } from '../../dates/day.ts';
import { defineCollection, type Row } from '../../ports/store.ts';

export const levels = ['hyperlocal', 'local', 'regional', 'national'] as const;
export const kinds = [
  'information sharing',
  'grant funding',
  'contracting',
  'co-producing',
  'commissioning',
] as const;
export const stages = ['new', 'warming', 'active', 'resting', 'ended'] as const;
export type Level = (typeof levels)[number];
export type Kind = (typeof kinds)[number];
type Stage = (typeof stages)[number];

/** The longest name, in characters. */
export const MAX_PARTNER_NAME_LENGTH = 120;
/** The longest sector, in characters. */
export const MAX_SECTOR_LENGTH = 60;
/** The longest text of what matters about a partner, in characters. */
export const MAX_ABOUT_LENGTH = 300;

/** An outside organisation. */
export interface Partner extends Row {
  name: string;
  /** The name in the form for comparing (see `nameKey`). Unique in the partnership. */
  key: string;
  aliases: string[];
  level: Level | null;
  sector: string | null;
  kinds: Kind[];
  stage: Stage;
  /** The member who keeps the relationship. */
  lead: string | null;
  /** The member who was asked to lead it and has not answered yet, and who asked. In rows from before there were requests both are missing. */
  leadAsked: string | null;
  leadAskedBy: string | null;
  /** How often to be in touch (ISO 8601 duration); null: the partnership's rules decide. */
  every: string | null;
  /** The last contact before the register began, from an imported list. */
  importedContact: Day | null;
  lastContact: Day | null;
  lastTwoWay: Day | null;
  /** From this day the partner counts as quiet; null: not known, or the partner is resting, ended or archived. */
  quietOn: Day | null;
  /** From this day a brief mentions (again) that it is quiet; null if `quietOn` is null. */
  nudgeOn: Day | null;
  /** The day to which somebody put the next nudge off; null: nobody did since it went quiet. */
  putOffUntil: Day | null;
  /** When somebody added it, for the digest; null: it came with an imported list. */
  addedAt: Date | null;
  archived: boolean;
  /**
   * The partner that this one was merged into. The row stays, archived and with a key of its own (see `mergedKey`), so
   * that old buttons and rows lead to the other one. Null or missing: it was not merged.
   */
  mergedInto: string | null;
  /** When it was merged; null: it was not. */
  mergedAt: Date | null;
  /** The partners that were merged into this one, the last one last. Null or missing: none. */
  merges: PartnerMerge[] | null;
  /** The id of the partner that it is part of, such as a team of a council. Null or missing: of none. */
  partOf?: string | null;
  /** What matters about it, in a line or two. Null or missing: nobody has said. */
  about?: string | null;
  /** Ids of partners of nearly the same name that somebody has said are other ones. Null or missing: none. */
  distinctFrom?: string[] | null;
  /** Whether only one of us, or only workers, know them, as of last night (see acquaintances). Missing: not looked at yet. */
  reach?: 'one' | 'workers' | null;
  /** The day from which that is so; null or missing: it is not so. */
  reachSince?: Day | null;
}

/** What this partner got when another one was merged into it. Taking the two apart gives it back. */
export interface PartnerMerge {
  /** The id of the other one. */
  from: string;
  /** The fields that were empty here and came from the other one. */
  filled: string[];
  /** Ids of the members who were tied to the other one only. */
  tied: string[];
  /** `importedContact` as it was before. */
  importedContact: Day | null;
  /** Who had asked the lead that came from the other one to lead this one too. Missing: nobody had. */
  leadAskedBy?: string | null;
}

/** The key of a merged partner. No name has it, so its name is free, and it sorts before all names. */
export const mergedKey = (id: string): string => `#${id}`;
/** After this key come all partners but merged ones. */
export const LAST_MERGED_KEY = '#~';

export const partners = defineCollection<Partner>()({
  name: 'partners',
  scope: 'partnership',
  fields: {
    name: 'text',
    key: 'text',
    aliases: 'list',
    level: 'text',
    sector: 'text',
    kinds: 'list',
    stage: 'text',
    lead: 'text',
    leadAsked: 'text',
    leadAskedBy: 'text',
    every: 'text',
    importedContact: 'text',
    lastContact: 'text',
    lastTwoWay: 'text',
    quietOn: 'text',
    nudgeOn: 'text',
    putOffUntil: 'text',
    addedAt: 'moment',
    archived: 'flag',
    mergedInto: 'text',
    mergedAt: 'moment',
    merges: 'data',
    distinctFrom: 'list',
    partOf: 'text',
    about: 'text',
    reach: 'text',
    reachSince: 'text',
  },
  indexes: {
    byKey: { on: ['key'], unique: true },
    byName: { on: ['archived', 'key'] },
    byQuiet: { on: ['archived', 'quietOn'] },
    byLead: { on: ['archived', 'lead', 'quietOn'] },
    byAdded: { on: ['archived', 'addedAt'] },
    byNudge: { on: ['archived', 'lead', 'nudgeOn'] },
    byLeadAsked: { on: ['leadAsked'] },
    byLeadAsker: { on: ['leadAskedBy'] },
    byReach: { on: ['archived', 'reach', 'reachSince'] },
  },
});

/** A partner that was named in a command. `isNew`: it is not in the register yet; the id is the one it will get. */
export interface PartnerRef {
  id: string;
  name: string;
  isNew?: true;
}
