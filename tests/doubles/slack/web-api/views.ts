import { type Json, listOf, objectOf, textOf } from '../../json.ts';
import { parsed, withIds } from '../post.ts';
import { Refusal } from '../refusal.ts';
import { newView, viewJson } from '../view.ts';
import { MAX_VIEW_BYTES, viewProblem } from '../view-rules.ts';
import { homeKey, type Trigger, type View } from '../world.ts';
import { type Call, type Handler, reaches, teamOf } from './call.ts';

/** https://docs.slack.dev/reference/methods/views.open and its neighbours */
export const views: Record<string, Handler> = {
  'views.open'(call) {
    const sent = viewOf(call, 'modal');
    const trigger = exchange(call);
    const view = newView(call.world, sent, openedBy(trigger));
    call.world.modals.set(trigger.user, [view]);
    return shown(call, view);
  },

  'views.push'(call) {
    const sent = viewOf(call, 'modal');
    const trigger = exchange(call);
    const stack = call.world.modals.get(trigger.user) ?? [];
    const top = stack.at(-1);
    if (!top) throw new Refusal('not_found');
    if (stack.length >= 3) throw new Refusal('push_limit_reached');
    const below = { root: top.root, previous: top.id };
    const view = newView(call.world, sent, { ...openedBy(trigger), ...below });
    call.world.modals.set(trigger.user, [...stack, view]);
    return shown(call, view);
  },

  'views.update'(call) {
    const sent = viewOf(call, 'modal');
    const { view_id, external_id } = call.args;
    if (!view_id && !external_id) throw new Refusal('invalid_arguments', 'view_id is missing');
    const view = [...call.world.modals.values()]
      .flat()
      .find(
        (one) =>
          reaches(call, one.team) &&
          (view_id ? one.id === view_id : one.sent.external_id === external_id),
      );
    if (!view) throw new Refusal('not_found');
    change(call, view, sent);
    return shown(call, view);
  },

  'views.publish'(call) {
    const sent = viewOf(call, 'home');
    const user = call.world.users.get(textOf(call.args.user_id));
    if (!user || !reaches(call, user.team))
      throw new Refusal('invalid_arguments', `user_id: ${call.args.user_id}`);
    const team = call.caller.team ?? teamOf({ ...call, args: { team_id: user.team } });
    const existing = call.world.homes.get(homeKey(team, user.id));
    if (existing) change(call, existing, sent);
    const view = existing ?? newView(call.world, sent, { team, user: user.id });
    call.world.homes.set(homeKey(team, user.id), view);
    return shown(call, view);
  },
};

const openedBy = ({ id, team, user }: Trigger) => ({ team, user, trigger: id });

function shown({ world, caller }: Call, view: View): Json {
  world.changed();
  return { view: viewJson(world, view, caller) };
}

function change({ world, args }: Call, view: View, sent: Json): void {
  if (args.hash && args.hash !== view.hash) throw new Refusal('hash_conflict');
  view.sent = sent;
  view.hash = `${world.ts()}.hash`;
}

/** The view of a call, checked and with ids. */
function viewOf(call: Call, surface: 'modal' | 'home'): Json {
  const view = objectOf(parsed(call.args.view));
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES)
    throw new Refusal('view_too_large', 'a view above 250 kB');
  const problem = viewProblem(view, surface);
  if (problem) throw new Refusal('invalid_arguments', problem);
  // https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
  const hasFiles = listOf(view.blocks).some(
    ({ element }) => objectOf(element).type === 'file_input',
  );
  if (hasFiles && !call.caller.scopes.has('files:read'))
    throw new Refusal('missing_scope', 'file_input needs files:read');
  return { ...view, blocks: withIds(call.world, view.blocks as Json[]) };
}

/** A trigger opens one modal within 3 s: https://docs.slack.dev/surfaces/modals#opening_modals */
function exchange({ world, args, caller }: Call): Trigger {
  const trigger = world.triggers.get(textOf(args.trigger_id));
  const mine = trigger && reaches({ world, caller }, trigger.team);
  if (!trigger || !mine) throw new Refusal('invalid_trigger_id', `trigger: ${args.trigger_id}`);
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (world.now() - trigger.at > 3000) throw new Refusal('expired_trigger_id');
  trigger.used = true;
  return trigger;
}
