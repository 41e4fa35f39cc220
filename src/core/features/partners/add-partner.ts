import { assignLead } from '../../cards/assign.ts';
import { quietReaderText } from '../../cards/nudge-text.ts';
import * as shared from '../../cards/partner-args.ts';
import { factsText } from '../../cards/partner-facts.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { newPartner } from '../../domain/partners/new-partner.ts';
import { MAX_PARTNER_NAME_LENGTH, partners } from '../../domain/partners/partner.ts';
import { leadAfter } from '../../domain/partners/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { insertOnce } from '../../ports/store.ts';
import { mergeOffer, partnerButtons } from './cards.ts';
import { leadRequestText } from './lead-requests.ts';
import {
  aliasesOf,
  askAboutErased,
  askAboutPerson,
  checkedName,
  refuseTakenNames,
  unlessTaken,
} from './names.ts';
/** Adds a partner. Its name is enough. */
export const addPartner = defineCommand({
  name: 'partner add',
  title: 'A new partner',
  summary: 'Add a partner',
  phrases: [
    'add a partner …',
    'new partner …',
    'add an organisation',
    'add organisation …',
    'add an organisation …',
    'add a group',
    'new organisation',
    'new organisation …',
    'add partner …',
    'add a new partner …',
    'add new partner …',
    'add partner',
    'add a partner',
    'add a new partner',
    'new partner',
  ],
  examples: [
    'partner add Oakfield School level:hyperlocal sector:school every:"6 weeks"',
    'partner add "Housing Team" part-of:"riverside council"',
    'partner add Local Trust kinds:"grant funding, information sharing" lead:@Tom',
  ],
  args: {
    name: {
      kind: 'text',
      isName: true,
      max: MAX_PARTNER_NAME_LENGTH,
      needed: true,
      summary: 'What it is called',
      ask: 'What is the partner called?',
      hint: '',
    },
    level: { ...shared.level, ask: 'Where does it work?', hint: '' },
    kinds: shared.kinds,
    lead: shared.lead,
    every: shared.every,
    sector: shared.sector,
    aliases: shared.aliases,
    'part-of': shared.partOf,
    about: shared.about,
  },
  words: ['name'],
  suggest: { sector: shared.suggestSectors },
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run(call, deps): Promise<Reply> {
    const { args, receipt } = call;
    const { store, directory, partnership } = deps;
    const id = deps.id('partner');
    const said = nameAndAbout(args);
    const name = checkedName(said.name, 'name');
    const aliases = aliasesOf(name, args.aliases ?? '');
    for (const alias of aliases) checkedName(alias, 'aliases');
    await refuseTakenNames([name, ...aliases], id, 'partner add', call, deps);
    await askAboutErased([name, ...aliases], 'partner add', call, deps);
    askAboutPerson(name, call);
    const fresh = newPartner(id, name, deps.now);
    const row = {
      ...fresh,
      aliases,
      level: args.level ?? null,
      sector: args.sector ?? null,
      kinds: args.kinds ?? [],
      ...leadAfter(fresh, call.member, args.lead ?? null),
      every: args.every ?? null,
      partOf: args['part-of']?.id ?? null,
      about: said.about,
    };
    const added = await unlessTaken(name, id, 'partner add', call, deps, () =>
      insertOnce(store.of(partners), row),
    );
    await deps.namesChanged();
    const assigned = await assignLead([added], call.member, deps);
    const offer = mergeOffer(added, viewerOf(call.member, directory), directory);
    return replyWithUndo(
      rich`Added ${bold(added.name)}: ${factsText(added, directory, partnership)}.${added.about && ` What matters: ${added.about}.`}${leadRequestText(added, directory)}${assigned.text} Note the next contact with ${commandText('log')}, and I'll tell ${quietReaderText(added, call.member, deps)} when it goes quiet.`,
      receipt,
      [...partnerButtons(added), ...(offer?.buttons ?? [])],
    );
  },
});

/** The end of a name is no part of it if it says what they are: `Hull Foodbank, they are a charity`. */
const SAYS_ABOUT = /^(?<name>[^,]+), (?<about>(?:they|it|who|which|that)(?:['’](?:re|s))? \S.*)$/is;

/** The name of a partner, and what was said of it with the name. */
function nameAndAbout({ name, about }: { name: string; about?: string | undefined }) {
  const found = about === undefined ? SAYS_ABOUT.exec(name)?.groups : undefined;
  return { name: found?.name ?? name, about: found?.about ?? about ?? null };
}
