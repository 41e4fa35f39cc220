import fc from 'fast-check';
import type { SlackHarness } from './harness.ts';

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** Bodies shaped like Slack's, with any values in them, and their content type. */
export function hostilePayloads({ team, tom }: SlackHarness, channel: string) {
  const nasty = fc.constantFrom(
    ...['<!channel>', '<!here|here>', '&lt;!everyone&gt;', '<@U1>', '@everyone', '<!subteam^S1>'],
    ...[
      '*_~`',
      '<javascript:alert(1)|x>',
      '\u0000\u202e',
      '{"$ne":null}',
      '__proto__',
      'a'.repeat(9000),
    ],
  );
  const text = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string());
  const anything = fc.oneof(text, fc.jsonValue(), fc.constantFrom(null, 7, true, [], {}));
  const line = fc
    .tuple(fc.constantFrom('log riverside', 'followup add', 'partner add', 'help', 'me', ''), text)
    .map(([start, rest]) => `${start} ${rest}`);
  const ids = {
    team: { id: team.id, domain: 'riverside' },
    user: { id: tom.id, team_id: team.id },
  };
  const trigger_id = fc.string({ minLength: 1 });
  const action = fc.record({
    action_id: fc.oneof(
      text.map((rest) => `v1.log.note=${encodeURIComponent(rest).slice(0, 60)}`),
      text.map((rest) => `row.${rest}`),
      text,
    ),
    selected_option: fc.oneof(anything, fc.record({ value: text })),
  });
  const place = { channel: { id: channel }, container: { message_ts: '1.2', is_ephemeral: false } };
  const press = fc
    .record({ trigger_id, actions: fc.array(action, { maxLength: 2 }) })
    .map((rest) => ({
      type: 'block_actions',
      ...ids,
      ...place,
      ...rest,
    }));
  const submission = fc
    .record({ id: text, hash: text, note: anything, metadata: anything, name: text })
    .map(({ id, hash, note, metadata, name }) => ({
      type: 'view_submission',
      ...ids,
      view: {
        id,
        hash,
        callback_id: `form.${name.length % 2 ? 'log' : name}`,
        private_metadata:
          typeof metadata === 'string'
            ? JSON.stringify({ origin: { place: { channel } }, kept: { next: metadata } })
            : JSON.stringify(metadata),
        state: { values: { 'box.note': { 'empty.note': { value: note } } } },
      },
    }));
  const shortcut = text.map((words) => ({
    type: 'message_action',
    callback_id: 'log_this',
    trigger_id: words || '1',
    ...ids,
    channel: { id: channel },
    message: { text: words, ts: words },
  }));
  const globalShortcut = text.map((words) => ({
    type: 'shortcut',
    callback_id: 'log_contact',
    trigger_id: words || '1',
    ...ids,
  }));
  const broken = (known: fc.Arbitrary<object>) =>
    fc
      .tuple(known, fc.constantFrom('user', 'team', 'view', 'actions', 'type', 'channel'), anything)
      .map(([body, key, value]) => ({ ...body, [key]: value }));
  const known = fc.oneof(press, submission, shortcut, globalShortcut);
  const payload = fc.oneof(known, broken(known), fc.object());
  const event = fc.record({
    type: fc.constant('event_callback'),
    event: anything,
    team_id: anything,
  });
  const slash = fc.record({ text: line, trigger_id }).map((rest) => ({
    command: '/convenor',
    team_id: team.id,
    user_id: tom.id,
    channel_id: channel,
    ...rest,
  }));
  const asForm = { contentType: 'application/x-www-form-urlencoded' };
  return fc.oneof(
    slash.map((fields) => ({ body: form(fields), ...asForm })),
    payload.map((body) => ({ body: form({ payload: JSON.stringify(body) }), ...asForm })),
    event.map((body) => ({ body: JSON.stringify(body), contentType: 'application/json' })),
    text.map((body) => ({ body, contentType: 'application/json' })),
  );
}
