import type { Command } from '../../command/command.ts';
import { introduce } from './introduce.ts';
import { askWhoKnows, keeps, knows } from './knows.ts';

export const networkCommands: readonly Command[] = [introduce, knows, keeps, askWhoKnows];
