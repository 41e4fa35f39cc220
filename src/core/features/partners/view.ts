import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../names/directory.ts';
import type { Block } from '../../reply.ts';
import { bold, rich } from '../../rich-text.ts';
import type { Partnership } from '../settings/store.ts';

/** Who looks, and when. `tied`: a member tied to the partner sees neither notes nor what was promised. */
export interface View {
  names: Directory;
  partnership: Partnership;
  today: Day;
  tied: boolean;
}

/** A line above a part of the story. */
export const heading = (text: string): Block => ({ kind: 'text', text: rich`${bold(text)}` });
