import { idIn } from '../../base/id.ts';
import type { Call, Deps } from '../../command/command.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { partnersOf } from '../../domain/directory/names-in.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { Question, UserError } from '../../message/user-error.ts';
import { matchWhole } from '../../names/match.ts';
import { fittingFollowups, pickFollowup } from '../../parsing/resolve-followup.ts';

/** What is asked about. */
export type Topic =
  | { sort: 'digests' }
  | { sort: 'delivery'; row: Delivery }
  | { sort: 'followup'; row: Followup }
  | { sort: 'partner'; row: Partner };

/**
 * What somebody asks about: by a button's `#id`, `digest`, by a partner's name, or by words of an open follow-up.
 * @throws Question when several fit; UserError when nothing does.
 */
export async function findTopic(
  which: string,
  { member, raw }: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
): Promise<Topic> {
  if (idIn(which)) return byId(idIn(which), deps);
  if (/^(the )?((weekly|monthly) )?digests?$/i.test(which)) return { sort: 'digests' };
  const match = matchWhole(which, partnersOf(deps.directory));
  if (match.kind === 'one') return partnerBy(match.item.id, deps);
  if ((await fittingFollowups(which, member, deps)).length > 0)
    return { sort: 'followup', row: await pickFollowup(which, 'why', { member, raw }, deps) };
  if (match.kind === 'none')
    throw new UserError(
      rich`I know no partner or open follow-up like "${which.slice(0, 60)}". Type why alone to see the last messages I owed you.`,
      'which',
    );
  const offered = match.items.slice(0, 5).map(({ id, name }) => ({
    label: name.slice(0, 70),
    command: 'why',
    args: { which: `#${id}` },
  }));
  throw new Question({
    text: rich`Which one did you mean? Several are like ${bold(which.slice(0, 60))}.`,
    card: [
      { kind: 'buttons', buttons: [...offered, { label: 'Cancel', command: 'cancel', args: {} }] },
    ],
  });
}

async function byId(id: string, deps: Deps): Promise<Topic> {
  const delivery = await deps.store.of(deliveries).get(id);
  if (delivery) return { sort: 'delivery', row: delivery };
  const followup = await deps.store.of(followups).get(id);
  return followup ? { sort: 'followup', row: followup } : partnerBy(id, deps);
}

async function partnerBy(id: string, { store }: Deps): Promise<Topic> {
  const row = await store.of(partners).get(id);
  if (row) return { sort: 'partner', row };
  throw new UserError(
    'I no longer have what that was about. Type why alone to see the last messages I owed you.',
  );
}
