import { link } from './link.ts';
import { unlink } from './unlink.ts';

export const linkCommands = [link, unlink];
