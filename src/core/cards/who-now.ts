import type { Directory, PersonName } from '../domain/directory/directory.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { isFollowupHiddenFrom, isTiedTo, type Viewer } from '../domain/members/visibility.ts';
import { FORM } from '../message/invocation.ts';
import type { Block, Button } from '../message/reply.ts';
import { bold, rich } from '../message/rich-text.ts';
import { isAtPartner, peopleThere } from './people-there.ts';

/** How many people are offered to choose from. */
const MAX_OFFERED = 3;

/** Opens the form to keep somebody who comes after a person. */
const newSuccessorButton = (partner: string, departed: { id: string }): Button => ({
  label: 'Somebody new',
  command: 'person add',
  args: { at: `#${partner}`, replaces: `#${departed.id}`, [FORM]: 'yes' },
});

/** Says who is to be asked instead of somebody who has left. @param promise only for this one */
export function successorButtons(
  partner: string,
  departed: { id: string },
  viewer: Viewer,
  directory: Directory,
  promise?: { id: string },
): Button[] {
  return [
    ...peopleThere(partner, viewer, directory)
      .filter(({ id }) => id !== departed.id)
      .slice(0, MAX_OFFERED)
      .map(
        ({ id, name }): Button => ({
          label: name,
          command: 'person successor',
          args: {
            who: `#${departed.id}`,
            to: `#${id}`,
            ...(promise && { which: `#${promise.id}` }),
          },
        }),
      ),
    newSuccessorButton(partner, departed),
  ];
}

/**
 * The promises of people who have left a partner, each with the question who is to be asked for it now. Whoever belongs to
 * the partner sees none, since they see none of its people.
 */
export function whoNowBlocks(
  partner: string,
  promises: readonly Followup[],
  viewer: Viewer,
  directory: Directory,
): Block[] {
  const shown = promises.filter((promise) => !isFollowupHiddenFrom(viewer, promise));
  if (isTiedTo(viewer, partner)) return [];
  return shown.flatMap((promise): Block[] => {
    const departed = departedFrom(partner, promise, directory);
    if (!departed) return [];
    return [
      {
        kind: 'row',
        text: rich`Who now? ${departed.name}, who has left, promised ${bold(promise.title)}.`,
        buttons: successorButtons(partner, departed, viewer, directory, promise),
      },
    ];
  });
}

/** The person who promised something of theirs, if they are no longer at the partner. */
function departedFrom(
  partner: string,
  { ours, promisedBy }: Followup,
  directory: Directory,
): PersonName | undefined {
  const person = ours ? undefined : directory.person(promisedBy ?? '');
  return person && isAtPartner(partner, person, directory) ? undefined : person;
}
