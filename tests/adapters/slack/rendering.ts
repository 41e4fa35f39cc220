import { expect } from 'vitest';
import { homeViewOf } from '../../../src/adapters/slack/home.ts';
import { commandOfPress } from '../../../src/adapters/slack/render/button.ts';
import { formErrors, modalOf, readForm } from '../../../src/adapters/slack/render/form.ts';
import { messageOf } from '../../../src/adapters/slack/render/message.ts';
import type { Json } from '../../doubles/json.ts';
import { fillInput } from '../../doubles/slack/fill.ts';
import { viewProblem } from '../../doubles/slack/view-rules.ts';
import type { PlatformRendering } from '../rendering.ts';
import { actionsIn, expectValid } from './expect-valid.ts';

const about = {
  place: { platform: 'slack', workspace: 'T1', channel: 'D1', direct: true },
} as const;

/** How Slack shows replies and forms. */
export const slackRendering: PlatformRendering = {
  userOf: (member) => `U${member.replace(/[^a-z0-9]/gi, '').toUpperCase()}`,

  /** Renders as a message and as a Home. */
  shown(reply, reader) {
    const message = messageOf(reply, reader);
    expectValid(message.blocks, 'message');
    expect(viewProblem({ ...homeViewOf(reply, reader) }, 'home')).toBeUndefined();
    return actionsIn(message.blocks).flatMap((action) =>
      action.type === 'overflow'
        ? (action.options as []).map((selected_option) =>
            commandOfPress({ ...action, selected_option } as never),
          )
        : [commandOfPress(action as never)],
    );
  },

  sent(form, reader) {
    const view = modalOf(form, about, reader);
    expect(viewProblem({ ...view }, 'modal')).toBeUndefined();
    const inputs = (view.blocks as unknown as Json[]).filter(({ type }) => type === 'input');
    // A date has a calendar beside its words.
    const calendars = form.fields.filter(({ kind }) => kind === 'date');
    expect(inputs).toHaveLength(form.fields.length + calendars.length);
    const boxes = Object.keys(formErrors(form) ?? {});
    expect(inputs.map(({ block_id }) => block_id)).toEqual(expect.arrayContaining(boxes));
    const values = Object.fromEntries(
      inputs.map(({ block_id, element }) => {
        const box = element as Json;
        return [`${block_id}`, { [`${box.action_id}`]: fillInput(box, undefined) }];
      }),
    );
    const { callback_id = '', private_metadata = '' } = view;
    const read = readForm({ callback_id, private_metadata, state: { values } });
    return { command: read?.command, args: read?.args ?? {}, filled: [] };
  },
};
