import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich, workspaceWord } from '../../message/rich-text.ts';

/** What is said once where Convenor has just been added, before anybody has spoken with it. @param where the workspace's name */
export function helloCard(where: string): Reply {
  const setUp: Button = { label: 'Set up', command: 'setup', args: {}, style: 'primary' };
  const help: Button = { label: 'What can you do?', command: 'help', args: {} };
  return {
    text: rich`Hello, I'm Convenor, and I've just been added to ${bold(where)}. I help you keep in touch with the organisations you work with: tell me whom you spoke with and what was promised, and I'll remind you.`,
    card: [
      {
        kind: 'text',
        text: rich`To begin, somebody who owns or may manage this ${workspaceWord} presses ${bold('Set up')}. It takes a minute.`,
      },
      { kind: 'buttons', buttons: [setUp, help] },
    ],
  };
}
