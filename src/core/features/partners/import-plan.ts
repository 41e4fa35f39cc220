import { turns } from '../../async/turns.ts';
import { type Day, dayText } from '../../dates/day.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import { newPartner } from '../../domain/partners/new-partner.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { leadAfter, withQuiet } from '../../domain/partners/rules.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { findAlike } from '../../names/likeness.ts';
import { hasOtherScript, otherScriptsIn, visualKey } from '../../names/look-alikes.ts';
import { spellingsOf } from '../../names/name-index.ts';
import { nameKey } from '../../names/name-words.ts';
import { looksLikePerson } from '../../names/private-person.ts';
import type { New } from '../../ports/store.ts';
import type { FileRow } from './csv.ts';
import { type CellContext, type Draft, type Remark, readRow } from './import-row.ts';

/** What an import would do. */
export interface Plan {
  good: New<Partner>[];
  /** Names that are in the register already. */
  here: string[];
  /** The rows of partners that are in the register and not in the archive. */
  known: KnownRow[];
  /** Rows whose name is like another partner's, or like one of an earlier row. */
  alike: Remark[];
  /** Rows with a name that an earlier row has. */
  twice: Remark[];
  /** Rows that can't be used. */
  bad: Remark[];
  /** Rows that go in with something left out. */
  notes: Remark[];
}

/** A row of a partner that is in the register. */
export interface KnownRow {
  id: string;
  draft: Draft;
  /** Names in the row that nobody has yet. */
  newNames: readonly string[];
  /** Another partner that has one of the names in the row. */
  other?: PartnerName | undefined;
}

export interface PlanContext extends CellContext {
  /** Whether partners whose name is like another one's are added. */
  takesAlike?: boolean;
  /** Whether partners that are here already take what is newer. */
  takesUpdates?: boolean;
  directory: Directory;
  partnership: Partnership;
  /** Who imports. */
  actor: Pick<Member, 'id' | 'role'>;
  /** The id of a new partner, from its name key. A repeated import therefore adds nothing twice. */
  idOf(key: string): string;
  /** When somebody of a name was erased; undefined: nobody was. */
  erasedOn(name: string): Day | undefined;
}

/**
 * Sorts the rows of a file: which can be added, which are here already, and which cannot be used and why. Others have
 * turns in between.
 */
export async function planImport(rows: readonly FileRow[], context: PlanContext): Promise<Plan> {
  const turn = turns(STEPS_PER_TURN);
  const plan: Plan = { good: [], here: [], known: [], alike: [], twice: [], bad: [], notes: [] };
  const register = await registerNames(context, turn);
  const above = new NameRegister<number>();
  const { groups, bad } = await readRows(rows, context, turn);
  plan.bad.push(...bad);
  for (const draft of groups.flat()) {
    await turn();
    const { line, name, aliases } = draft;
    const existing = register.sameAs(draft);
    const earlierLine = above.sameAs(draft);
    const lookAlike = register.lookingLike(name);
    const erasedOn = [name, ...aliases].map(context.erasedOn).find((day) => day);
    const remarks = draft.remarks.map((text) => ({ line, text }));
    if (existing !== undefined) {
      plan.here.push(hereText(name, existing));
      if (existing.archived) continue;
      const newNames = [name, ...aliases].filter(
        (one) => !register.has(one) && !register.lookingLike(one) && !context.erasedOn(one),
      );
      plan.notes.push(...(context.takesUpdates ? remarks : []));
      const other = aliases
        .map((one) => register.holderOf(one))
        .find((one) => one && one !== existing && !one.archived);
      plan.known.push({ id: existing.id, draft, newNames, other });
    } else if (earlierLine !== undefined) {
      plan.twice.push({ line, text: `${name} is on line ${earlierLine} already.` });
    } else if (lookAlike) {
      const scripts = otherScriptsIn(`${name} ${lookAlike.name}`);
      const text = `${name} looks like ${lookAlike.name}, but one of the two has ${scripts} letters in it. If it is another one, add it by itself, not from a file.`;
      plan.bad.push({ line, text });
    } else if (erasedOn) {
      const text = `Somebody called ${name} was erased on ${dayText(erasedOn)}. If this isn't the same person, add it by itself, not from a file.`;
      plan.bad.push({ line, text });
    } else if (looksLikePerson(name)) {
      const text = `${name} looks like a person, and I keep organisations. If it is a group, add it by itself, not from a file.`;
      plan.bad.push({ line, text });
    } else {
      const alike = alikeText(draft, groups, context);
      if (alike) plan.alike.push({ line, text: alike });
      if (alike && !context.takesAlike) continue;
      plan.notes.push(...remarks);
      plan.good.push(partnerOf(draft, [register, above], plan.notes, context));
      above.add(name, aliases, line);
    }
  }
  plan.known = plan.known.map((row) => {
    const newNames = row.newNames.filter((name) => !above.has(name));
    return { ...row, newNames };
  });
  return plan;
}

/** A likeness takes up to a few milliseconds to find. */
const STEPS_PER_TURN = 2;

/** The names of a group are indexed at once, which takes about ten milliseconds. */
const ROWS_PER_GROUP = 250;

/** A row that can be used, as something that has names. */
type NamedDraft = Draft & { id: string };

/** Reads all rows. Those that can be used come in groups, in their order. */
async function readRows(
  rows: readonly FileRow[],
  context: PlanContext,
  turn: () => Promise<void> | undefined,
): Promise<{ groups: NamedDraft[][]; bad: Remark[] }> {
  const groups: NamedDraft[][] = [[]];
  const bad: Remark[] = [];
  for (const row of rows) {
    await turn();
    const draft = readRow(row, context);
    if ('text' in draft) {
      bad.push(draft);
      continue;
    }
    const named = { ...draft, id: `${draft.line}` };
    // The index of all names would compute them at once.
    spellingsOf(named);
    if (groups.at(-1)?.length === ROWS_PER_GROUP) groups.push([]);
    groups.at(-1)?.push(named);
  }
  return { groups, bad };
}

/** Which other partner the name of a row is like, in a sentence; undefined: none. */
function alikeText(
  { id, line, name }: NamedDraft,
  groups: readonly (readonly NamedDraft[])[],
  { directory, idOf }: PlanContext,
): string | undefined {
  const known = findAlike(name, directory.partners, [idOf(nameKey(name))]);
  if (known) return `${name} may be ${known.name}, which ${whereText(known)}.`;
  for (const group of groups) {
    if ((group[0]?.line ?? line) > line) break;
    const other = findAlike(name, group, [id]);
    if (other && other.line < line) return `${name} may be ${other.name} on line ${other.line}.`;
  }
  return undefined;
}

const whereText = ({ archived }: PartnerName): string =>
  archived ? 'is in the archive' : 'is here already';

/** The names in the register, without partners that an earlier run of this import added. */
async function registerNames(
  { directory, idOf }: PlanContext,
  turn: () => Promise<void> | undefined,
): Promise<NameRegister<PartnerName>> {
  const names = new NameRegister<PartnerName>();
  for (const partner of directory.partners) {
    await turn();
    const { id, name, aliases } = partner;
    if (id !== idOf(nameKey(name))) names.add(name, aliases, partner);
  }
  return names;
}

function hereText(name: string, { name: known, archived }: PartnerName): string {
  const as = known === name ? '' : ` (as ${known})`;
  return `${name}${as}${archived ? ' (in the archive)' : ''}`;
}

/** The partner of a row. Adds a note if something is left out: another name that is taken, or a lead who is not known. */
function partnerOf(
  draft: Draft,
  taken: readonly { hasOther(alias: string): boolean }[],
  notes: Remark[],
  { directory, partnership, idOf, actor }: PlanContext,
): New<Partner> {
  const { line, name, lastContact, lead: leadName } = draft;
  const note = (text: string) => notes.push({ line, text: `${name} will be added ${text}` });
  const aliases = draft.aliases.filter((alias) => !taken.some((names) => names.hasOther(alias)));
  for (const alias of draft.aliases.filter((one) => !aliases.includes(one))) {
    note(`without "${alias}", which is another partner's name too.`);
  }
  const lead = directory.members.filter(
    (member) => member.active && nameKey(member.name) === nameKey(leadName),
  );
  if (leadName !== '' && lead.length !== 1) {
    note(
      `without a lead: ${lead.length === 0 ? 'nobody' : 'more than one member'} here is called ${leadName}.`,
    );
  }
  const fresh = newPartner(idOf(nameKey(name)), name);
  const [only, ...more] = lead;
  const row: New<Partner> = {
    ...fresh,
    aliases,
    level: draft.level,
    sector: draft.sector,
    kinds: draft.kinds,
    every: draft.every,
    ...leadAfter(fresh, actor, only && more.length === 0 ? only : null),
    importedContact: lastContact,
    lastContact,
    lastTwoWay: lastContact,
  };
  return withQuiet(row, partnership);
}

/** Names and other names, and whose they are. */
class NameRegister<T> {
  readonly #own = new Map<string, T>();
  readonly #others = new Map<string, T>();
  /** The names with letters that look like Latin ones, by how they look. */
  readonly #visual = new Map<string, T>();

  add(name: string, aliases: readonly string[], item: T): void {
    this.#own.set(nameKey(name), item);
    for (const alias of aliases) this.#others.set(nameKey(alias), item);
    for (const one of [name, ...aliases])
      if (hasOtherScript(one)) this.#visual.set(visualKey(one), item);
  }

  /** Who has this name, or whose name is among these aliases. */
  sameAs({ name, aliases }: { name: string; aliases: readonly string[] }): T | undefined {
    const asOther = aliases.map((alias) => this.#own.get(nameKey(alias)));
    return this.holderOf(name) ?? asOther.find((item) => item !== undefined);
  }

  /** Who has this name, as its own or another one. */
  holderOf(name: string): T | undefined {
    return this.#own.get(nameKey(name)) ?? this.#others.get(nameKey(name));
  }

  /** Whose name looks like this one, which is nobody's. */
  lookingLike(name: string): T | undefined {
    const key = visualKey(name);
    const latin = hasOtherScript(name) ? (this.#own.get(key) ?? this.#others.get(key)) : undefined;
    return latin ?? this.#visual.get(key);
  }

  /** Whether somebody has this name, as its own or another one. */
  has(name: string): boolean {
    return this.holderOf(name) !== undefined;
  }

  hasOther(alias: string): boolean {
    return this.#others.has(nameKey(alias));
  }
}
