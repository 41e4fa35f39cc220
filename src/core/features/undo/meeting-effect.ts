import { type Meeting, meetings } from '../../domain/meetings/meeting.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { isAdded, type Kind, rowOf } from './effect-kinds.ts';

/** That somebody noted, or changed, a meeting with a partner. */
export const meetingKind: Kind = {
  collection: meetings.name,
  isOf: () => true,
  several: 'meetings',
  undone: 'meetings are as they were before',
  async effect(change, deps) {
    const row = await rowOf<Meeting>(change, meetings, deps);
    const partner = row && deps.directory.partner(row.partner)?.name;
    if (!partner) return undefined;
    const again = isAdded(change) ? 'gone' : 'as it was before';
    return {
      label: `meeting with ${partner}`,
      undone: rich`the meeting with ${bold(partner)} is ${again}`,
    };
  },
};
