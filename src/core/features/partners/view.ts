import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

/** Who looks, and when. `tied`: a member tied to the partner sees neither notes nor what was promised. */
export interface View {
  names: Directory;
  partnership: Partnership;
  today: Day;
  tied: boolean;
}

/** A line above a part of the story. */
export const heading = (text: string): Block => ({ kind: 'text', text: rich`${bold(text)}` });
