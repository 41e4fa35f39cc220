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

/** The longest sector, in characters. */
export const LONGEST_SECTOR = 60;

/** An outside organisation. */
export interface Partner extends Row {
  name: string;
  /** The name as it is compared (see `nameKey` in `match.ts`): unique in the partnership. */
  key: string;
  aliases: string[];
  level: Level | null;
  sector: string | null;
  kinds: Kind[];
  stage: Stage;
  /** The member who keeps the relationship. */
  lead: string | null;
  /** ISO 8601 duration; null: the partnership's rules decide. */
  every: string | null;
  /** The last contact before the register began, as an import gave it. */
  importedContact: Day | null;
  lastContact: Day | null;
  lastTwoWay: Day | null;
  /** The day from which the relationship counts as quiet; null: unknown, resting, ended or archived. */
  quietOn: Day | null;
  /** The day on which its lead's brief should mention the quiet (again); null with `quietOn`. */
  nudgeOn: Day | null;
  /** When somebody added it, for the digest; null: it came with a list, or before this was kept. */
  addedAt: Date | null;
  archived: boolean;
}

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
    every: 'text',
    importedContact: 'text',
    lastContact: 'text',
    lastTwoWay: 'text',
    quietOn: 'text',
    nudgeOn: 'text',
    addedAt: 'moment',
    archived: 'flag',
  },
  indexes: {
    byKey: { on: ['key'], unique: true },
    byName: { on: ['archived', 'key'] },
    byQuiet: { on: ['archived', 'quietOn'] },
    byAdded: { on: ['archived', 'addedAt'] },
    byNudge: { on: ['archived', 'lead', 'nudgeOn'] },
  },
});

/** A partner by reference. `isNew`: the name is not known yet, and its id is the one it will have when added. */
export interface PartnerRef {
  id: string;
  name: string;
  isNew?: true;
}
