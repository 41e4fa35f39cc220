import { type Json, objectOf } from '../json.ts';
import { withIds } from './post.ts';
import { newView } from './view.ts';
import { viewProblem } from './view-rules.ts';
import type { View, World } from './world.ts';

/** Changes the modals by the app's answer to a submission: https://docs.slack.dev/surfaces/modals#handling_submissions */
export function afterSubmit(
  { world, violation }: { world: World; violation(words: string): void },
  view: View,
  body: unknown,
): void {
  const answer = objectOf(body);
  const stack = world.modals.get(view.user) ?? [];
  const shown = (sent: Json): Json => {
    const problem = viewProblem(sent, 'modal');
    if (problem) violation(`view_submission: ${problem}`);
    return { ...sent, blocks: withIds(world, (sent.blocks ?? []) as Json[]) };
  };
  switch (answer.response_action) {
    case undefined:
      world.modals.set(view.user, stack.slice(0, -1));
      break;
    case 'clear':
      world.modals.set(view.user, []);
      break;
    case 'errors':
      checkErrors(view, objectOf(answer.errors), violation);
      break;
    case 'update':
      view.sent = shown(objectOf(answer.view));
      view.hash = `${world.ts()}.hash`;
      break;
    case 'push': {
      const { team, user, root, id } = view;
      const pushed = newView(world, shown(objectOf(answer.view)), {
        team,
        user,
        root,
        previous: id,
      });
      world.modals.set(view.user, [...stack, pushed]);
      break;
    }
    default:
      violation(`view_submission: response_action "${answer.response_action}"`);
  }
  world.changed();
}

function checkErrors(view: View, errors: Json, violation: (words: string) => void): void {
  const blocks = (view.sent.blocks as Json[]).filter((block) => block.type === 'input');
  const ids = blocks.map((block) => block.block_id);
  if (!Object.keys(errors).length) violation('view_submission: errors is empty');
  for (const [id, words] of Object.entries(errors))
    if (!ids.includes(id) || typeof words !== 'string' || !words)
      violation(`view_submission: errors at "${id}", which is no input`);
}
