import { memberNew, memberSame } from './identify.ts';
import { link } from './link.ts';
import { unlink } from './unlink.ts';
import { workspaceLink } from './workspace-link.ts';

export const linkCommands = [link, unlink, workspaceLink, memberNew, memberSame];
