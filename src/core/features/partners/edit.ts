import { isDeepStrictEqual } from 'node:util';
import { idFromReference } from '../../base/id.ts';
import { assignLead } from '../../cards/assign.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import * as shared from '../../cards/partner-args.ts';
import { factsText, quietText } from '../../cards/partner-facts.ts';
import { replyWithUndo, SO_ALREADY } from '../../cards/undo-button.ts';
import { type Call, defineCommand } from '../../command/command.ts';
import { durationText } from '../../dates/duration.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Member } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { MAX_PARTNER_NAME_LENGTH, type Partner, partners } from '../../domain/partners/partner.ts';
import { leadAfter, withQuiet } from '../../domain/partners/rules.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/name-words.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { editButton } from './cards.ts';
import { leadRequestText } from './lead-requests.ts';
import { aliasesOf, checkedName, refuseTakenNames, unlessTaken } from './names.ts';

/** An arg that can be removed with `none`. */
const clearable = { clearable: true } as const;

const args = {
  // Not in the form: the button that opens the form says which partner.
  with: { kind: 'partner', needed: true, summary: 'Which partner?' },
  name: {
    kind: 'text',
    isName: true,
    max: MAX_PARTNER_NAME_LENGTH,
    summary: 'What it is called',
    ask: 'What is it called?',
    hint: '',
    emptied: 'A partner needs a name. What is it called?',
  },
  kinds: { ...shared.kinds, ...clearable },
  stage: {
    ...shared.stage,
    ask: 'How far has it come?',
    hint: '',
    emptied: 'How far has it come?',
  },
  lead: { ...shared.lead, ...clearable, summary: `${shared.lead.summary}; none: nobody` },
  every: { ...shared.every, ...clearable, summary: `${shared.every.summary}; none: use the rules` },
  level: { ...shared.level, ...clearable },
  sector: { ...shared.sector, ...clearable },
  aliases: { ...shared.aliases, ...clearable },
  'part-of': { ...shared.partOf, ...clearable },
  about: { ...shared.about, ...clearable },
} as const;

/** Changes the details of a partner. When it goes quiet is recomputed at once. */
export const editPartner = defineCommand({
  name: 'partner edit',
  title: 'Change a partner',
  summary: "Change a partner's details, its lead, or how often to be in touch",
  examples: [
    'partner edit oakfield school every:"2 months" lead:@Tom',
    'partner edit local trust stage:resting',
  ],
  args,
  words: ['with'],
  suggest: { sector: shared.suggestSectors },
  audience: 'actor',
  guard: 'keep partners',
  writes: true,
  async prefill(raw, { store }): Promise<RawArgs> {
    const id = idFromReference(raw.with);
    const partner = id ? await store.of(partners).get(id) : undefined;
    if (!partner) return {};
    const { name, kinds, stage, lead, every } = partner;
    return {
      name,
      kinds: kinds.join(', '),
      stage,
      lead: lead ? `#${lead}` : '',
      every: every ? durationText(every) : '',
    };
  },
  async run(call, deps): Promise<Reply> {
    const { with: which, ...given } = call.args;
    if (Object.values(given).every((value) => value === undefined)) return whatToChange(which);
    const rows = deps.store.of(partners);
    refuseTiedChanges(which.id, given, call.member, deps.directory);
    const names = await newNames(which.id, call, deps);
    let before: Partner | undefined;
    const changed = await unlessTaken(names.name ?? '', which.id, 'partner edit', call, deps, () =>
      updateWithRetry(rows, which.id, (row) => {
        before = row;
        refuseAskedAgain(row, given.lead, call.member);
        const details = detailsOf(row, given, call.member);
        const next = withQuiet({ ...row, ...details, ...names }, deps.partnership);
        return isDeepStrictEqual(next, row) ? undefined : next;
      }),
    );
    if (!changed)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    if (Object.keys(names).length > 0) await deps.namesChanged();
    const facts = factsText(changed, deps.directory, deps.partnership);
    if (changed.version === before?.version)
      return { text: rich`${SO_ALREADY} ${bold(changed.name)}: ${facts}.` };
    const isAsked = changed.leadAsked && changed.leadAsked !== before?.leadAsked;
    const isNewLead = changed.lead !== before?.lead || isAsked;
    const assigned = isNewLead ? await assignLead([changed], call.member, deps) : undefined;
    const asking = isAsked && rich`${leadRequestText(changed, deps.directory)}`;
    const declared = await interestSentence(given.lead, changed.id, deps);
    const isOther = given.every !== undefined || given.stage !== undefined;
    const isRenamed = before !== undefined && nameKey(before.name) !== changed.key;
    const old = isRenamed && rich` I still know it as ${before?.name}.`;
    const quiet = isOther && rich` ${quietText(changed, call.today)}`;
    return replyWithUndo(
      rich`Changed. ${bold(changed.name)}: ${facts}.${old}${quiet}${asking}${assigned?.text}${declared}`,
      call.receipt,
    );
  },
});

type Given = Omit<Call<typeof args>['args'], 'with'>;

/** @throws UserError if somebody is asked to lead it who has been asked already. */
function refuseAskedAgain({ leadAsked }: Partner, lead: Given['lead'], actor: Member): void {
  if (!lead || lead.id !== leadAsked || lead.id === actor.id || actor.role === 'coordinator')
    return;
  throw new UserError(
    rich`${lead.name} has been asked already, and has not answered yet. Give it a little time, or ask somebody else.`,
    'lead',
  );
}

/**
 * @throws UserError if a partner would be part of itself, or somebody would change what a tie hides: what matters about a
 * partner they belong to, or of which one it is a part.
 */
function refuseTiedChanges(id: string, given: Given, member: Member, directory: Directory): void {
  const { about, 'part-of': whole } = given;
  const isTied = isTiedTo(viewerOf(member, directory), id);
  if (about !== undefined && isTied)
    throw new UserError('Somebody else has to change what matters about it.', 'about');
  if (whole === undefined) return;
  const isHidden = directory.tiedPartners.has(id);
  if (isHidden && (isTied || !may(member.role, 'coordinate')))
    throw new UserError('A coordinator has to change what it is a part of.', 'part-of');
  if (whole && directory.withParts([id]).has(whole.id))
    throw new UserError(
      rich`${bold(whole.name)} is a part of it, or the same. Which one is it a part of?`,
      'part-of',
    );
}

function whatToChange(which: { id: string; name: string }): Reply {
  return {
    text: rich`What shall I change about ${bold(which.name)}?`,
    card: [{ kind: 'buttons', buttons: [editButton(which)] }],
  };
}

/** The details after the change. Null (from `none`) removes a detail. */
function detailsOf(row: Partner, given: Given, actor: Member) {
  const { kinds, stage, lead, every, level, sector, about } = given;
  const partOf = given['part-of'];
  return {
    kinds: kinds === undefined ? row.kinds : (kinds ?? []),
    stage: stage ?? row.stage,
    ...(lead === undefined ? {} : leadAfter(row, actor, lead)),
    every: every === undefined ? row.every : every,
    level: level === undefined ? row.level : level,
    sector: sector === undefined ? row.sector : sector,
    ...(about === undefined ? {} : { about }),
    ...(partOf === undefined ? {} : { partOf: partOf?.id ?? null }),
  };
}

/** The new name and aliases, if they change. */
async function newNames(
  id: string,
  call: Call<typeof args>,
  deps: Parameters<typeof refuseTakenNames>[4],
): Promise<Partial<Pick<Partner, 'name' | 'key' | 'aliases'>>> {
  const { name: typed, aliases: list } = call.args;
  const current = deps.directory.partner(id);
  const name = typed === undefined ? undefined : checkedName(typed, 'name');
  const aliases =
    list === undefined ? undefined : aliasesOf(name ?? current?.name ?? '', list ?? '');
  for (const alias of aliases ?? []) checkedName(alias, 'aliases');
  const names = [name, ...(aliases ?? [])].filter((one) => one !== undefined);
  await refuseTakenNames(names, id, 'partner edit', call, deps);
  if (name === undefined || name === current?.name) return aliases === undefined ? {} : { aliases };
  // People go on using the old name, so it stays as another one.
  const others = [...(aliases ?? current?.aliases ?? []), ...(current ? [current.name] : [])];
  const kept = new Map(others.map((other) => [nameKey(other), other]));
  kept.delete(nameKey(name));
  return { name, key: nameKey(name), aliases: [...kept.values()] };
}
