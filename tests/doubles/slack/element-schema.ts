import type { Json } from '../json.ts';
import { either, flag, id, list, number, oneOf, plain, shape, text, type } from './block-schema.ts';

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const style = { enum: ['primary', 'danger'] };
const confirm = shape(
  { text: either(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style },
);

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const optionOf = (words: Json, more: Json = {}) =>
  shape({ text: words, value: text(75) }, { description: plain(75), ...more });
const option = optionOf(plain(75));
const richOption = optionOf(either(75));

const action = { action_id: id };
const focus = { focus_on_load: flag };
const menu = { ...action, ...focus, confirm, placeholder: plain(150) };
const typed = {
  ...action,
  ...focus,
  placeholder: plain(150),
  dispatch_action_config: { type: 'object' },
};
const several = { max_selected_items: { type: 'integer', minimum: 1 } };

/** The options that answer a search: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export const optionsOf = {
  options: list(option, 100, 0),
  option_groups: list(shape({ label: plain(75), options: list(option, 100) }), 100),
};

/** A menu, and the same menu with several choices. */
function selects(
  name: string,
  required: Json,
  first: [string, string],
  one: Json,
  more: Json = {},
) {
  const [initial, initials] = first;
  return [
    shape({ type: type(name), ...required }, { ...menu, ...more, [initial]: one }),
    shape(
      { type: type(`multi_${name}`), ...required },
      { ...menu, ...more, ...several, [initials]: list(one, 100) },
    ),
  ];
}

const conversation = {
  default_to_current_conversation: flag,
  response_url_enabled: flag,
  filter: { type: 'object', minProperties: 1 },
};
const menus: readonly Json[] = [
  ...selects('static_select', {}, ['initial_option', 'initial_options'], option, {
    options: list(option, 100),
    option_groups: optionsOf.option_groups,
  }),
  ...selects('external_select', {}, ['initial_option', 'initial_options'], option, {
    min_query_length: { type: 'integer', minimum: 0 },
  }),
  ...selects('users_select', {}, ['initial_user', 'initial_users'], id),
  ...selects('conversations_select', {}, ['initial_conversation', 'initial_conversations'], id, {
    ...conversation,
  }),
  ...selects('channels_select', {}, ['initial_channel', 'initial_channels'], id, {
    response_url_enabled: flag,
  }),
];

const button = shape(
  { type: type('button'), text: plain(75) },
  { ...action, confirm, style, value: text(2000), url: text(3000), accessibility_label: text(75) },
);
const overflow = shape(
  {
    type: type('overflow'),
    options: list(optionOf(plain(75), { url: text(3000) }), 5),
  },
  { ...action, confirm },
);
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const time = { type: 'string', pattern: '^\\d{2}:\\d{2}$' };
const choices: readonly Json[] = [
  shape(
    { type: type('checkboxes'), options: list(richOption, 10) },
    { ...action, ...focus, confirm, initial_options: list(richOption, 10) },
  ),
  shape(
    { type: type('radio_buttons'), options: list(richOption, 10) },
    { ...action, ...focus, confirm, initial_option: richOption },
  ),
  shape({ type: type('datepicker') }, { ...menu, initial_date: date }),
  shape({ type: type('timepicker') }, { ...menu, initial_time: time, timezone: text(100) }),
  shape(
    { type: type('datetimepicker') },
    { ...action, ...focus, confirm, initial_date_time: { type: 'integer' } },
  ),
];

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const image = shape(
  { type: type('image'), alt_text: text(2000) },
  { image_url: text(3000), slack_file: { type: 'object' } },
);

const length = { type: 'integer', minimum: 0, maximum: 3000 };
const inputs: readonly Json[] = [
  shape(
    { type: type('plain_text_input') },
    {
      ...typed,
      initial_value: text(3000),
      multiline: flag,
      min_length: length,
      max_length: length,
    },
  ),
  shape({ type: type('email_text_input') }, { ...typed, initial_value: text(3000) }),
  shape({ type: type('url_text_input') }, { ...typed, initial_value: text(3000) }),
  shape(
    { type: type('number_input'), is_decimal_allowed: flag },
    { ...typed, initial_value: text(100), min_value: text(100), max_value: text(100) },
  ),
  shape(
    { type: type('file_input') },
    { ...action, filetypes: list(text(20), 100), max_files: number },
  ),
];

/** The elements that each block may have: https://docs.slack.dev/reference/block-kit/block-elements */
export const accessories = oneOf([button, overflow, image, ...menus, ...choices]);
export const actionElements = oneOf([button, overflow, ...menus, ...choices]);
export const inputElements = oneOf([...inputs, ...menus, ...choices]);
