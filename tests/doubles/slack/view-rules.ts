import { Ajv } from 'ajv';
import { type Json, listOf } from '../json.ts';
import { describeErrors } from '../schema-errors.ts';
import { flag, plain, shape, text, type } from './block-schema.ts';
import { blocksProblem } from './blocks.ts';

/** https://docs.slack.dev/reference/views */
const shared = {
  callback_id: text(255, 0),
  private_metadata: text(3000, 0),
  external_id: text(255, 0),
};
const blocks = { type: 'array', minItems: 0 };
const ajv = new Ajv({ strict: false });
const checks = {
  modal: ajv.compile(
    shape(
      { type: type('modal'), title: plain(24), blocks },
      {
        ...shared,
        submit: plain(24),
        close: plain(24),
        clear_on_close: flag,
        notify_on_close: flag,
      },
    ),
  ),
  home: ajv.compile(shape({ type: type('home'), blocks }, shared)),
};

/** What is wrong with a view; undefined if nothing is. */
export function viewProblem(view: Json, surface: 'modal' | 'home'): string | undefined {
  const check = checks[surface];
  if (!check(view)) return describeErrors('view', check.errors);
  const inputs = listOf(view.blocks).some((block) => block.type === 'input');
  if (surface === 'modal' && inputs && !view.submit) return 'view: submit is missing';
  return blocksProblem(view.blocks, surface);
}

/** Slack's limit for a view's JSON. */
export const MAX_VIEW_BYTES = 250_000;
