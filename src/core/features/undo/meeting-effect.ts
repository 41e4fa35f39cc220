import { type Meeting, meetings } from '../../domain/meetings/meeting.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { isAdded, type Kind } from './effect-kinds.ts';

/** That somebody noted, or changed, a meeting with a partner. */
export const meetingKind: Kind = {
  collection: meetings.name,
  isOf: () => true,
  several: 'meetings',
  undone: 'meetings are as they were before',
  async effect(change, { store, directory }) {
    const stored = await store.of(meetings).get(change.id);
    const row = stored ?? (change.after ? undefined : (change.before as Meeting | null));
    const partner = row && directory.partner(row.partner)?.name;
    if (!partner) return undefined;
    const again = isAdded(change) ? 'gone' : 'as it was before';
    return {
      label: `meeting with ${partner}`,
      undone: rich`the meeting with ${bold(partner)} is ${again}`,
    };
  },
};
