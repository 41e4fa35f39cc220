import { expect } from 'vitest';
import { pressed } from '../../../src/adapters/slack/button.ts';
import { modalOf, problemsOf, submitted } from '../../../src/adapters/slack/form.ts';
import { homeOf } from '../../../src/adapters/slack/home/home-view.ts';
import { messageOf } from '../../../src/adapters/slack/render.ts';
import type { Json } from '../../doubles/json.ts';
import { filledIn } from '../../doubles/slack/fill.ts';
import { viewMisfit } from '../../doubles/slack/view-rules.ts';
import { walkSuite } from '../walk.suite.ts';
import { actionsIn, expectValid } from './shown.ts';

const about = {
  place: { platform: 'slack', workspace: 'T1', channel: 'D1', direct: true },
} as const;

walkSuite({
  name: 'Slack',
  userOf: (member) => `U${member.replace(/[^a-z0-9]/gi, '').toUpperCase()}`,

  /** As a message and as a Home. */
  shown(reply, reader) {
    const message = messageOf(reply, reader);
    expectValid(message.blocks, 'message');
    expect(viewMisfit({ ...homeOf(reply, reader) }, 'home')).toBeUndefined();
    return actionsIn(message.blocks).flatMap((action) =>
      action.type === 'overflow'
        ? (action.options as []).map((selected_option) =>
            pressed({ ...action, selected_option } as never),
          )
        : [pressed(action as never)],
    );
  },

  sent(form, reader) {
    const view = modalOf(form, about, reader);
    expect(viewMisfit({ ...view }, 'modal')).toBeUndefined();
    const inputs = (view.blocks as unknown as Json[]).filter(({ type }) => type === 'input');
    expect(inputs).toHaveLength(form.fields.length);
    const boxes = Object.keys(problemsOf(form) ?? {});
    expect(inputs.map(({ block_id }) => block_id)).toEqual(expect.arrayContaining(boxes));
    const values = Object.fromEntries(
      inputs.map(({ block_id, element }) => {
        const box = element as Json;
        return [`${block_id}`, { [`${box.action_id}`]: filledIn(box, undefined) }];
      }),
    );
    const { callback_id = '', private_metadata = '' } = view;
    const read = submitted({ callback_id, private_metadata, state: { values } });
    return { command: read?.command, args: read?.args ?? {}, filled: [] };
  },
});
