import type { Command } from '../../command/command.ts';
import { introduce } from './introduce.ts';

export const networkCommands: readonly Command[] = [introduce];
