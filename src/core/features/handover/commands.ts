import { handBack } from './hand-back.ts';
import { memberLeft } from './left.ts';

export const handoverCommands = [handBack, memberLeft];
