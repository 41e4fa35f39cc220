import type { Json } from '../json.ts';
import { directChannel, installationOf } from './populate.ts';
import { messageJson } from './post.ts';
import { viewJson } from './view.ts';
import type { Channel, Installation, Message, Team, User, View, World } from './world.ts';

/** Where a user does something. */
export interface ActionContext {
  user: User;
  team: Team;
  channel: Channel;
  app: Installation;
}

/** The context of a user in a channel; by default in the direct channel with the app. */
export function actionContext(world: World, user: User, channel?: Channel): ActionContext {
  const team = world.teams.get(channel?.team ?? user.team);
  const app = team && installationOf(world, team.id);
  if (!team || !app) throw new Error(`The app is not installed where ${user.name} is.`);
  return { user, team, app, channel: channel ?? directChannel(world, user, app.botUser) };
}

/** The fields that all interaction payloads share. */
function shared(world: World, context: ActionContext): Json {
  const { user, team, app } = context;
  return {
    enterprise: enterpriseOf(world, team),
    team: {
      id: team.id,
      domain: team.domain,
      ...(team.enterprise && {
        enterprise_id: team.enterprise,
        enterprise_name: world.enterprises.get(team.enterprise),
      }),
    },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    api_app_id: world.app.id,
    token: 'verification-token',
    is_enterprise_install: !app.team,
  };
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export function slash(world: World, context: ActionContext, command: string, text: string): Json {
  const { user, team, channel, app } = context;
  const names = { public: channel.name, private: 'privategroup', im: 'directmessage' };
  return {
    token: 'verification-token',
    team_id: team.id,
    team_domain: team.domain,
    ...(team.enterprise && {
      enterprise_id: team.enterprise,
      enterprise_name: world.enterprises.get(team.enterprise),
    }),
    channel_id: channel.id,
    channel_name: names[channel.kind],
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: String(!app.team),
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload in a message */
export function pressedMessage(
  world: World,
  context: ActionContext,
  message: Message,
  values: Json,
): Json {
  const { channel } = context;
  return {
    type: 'block_actions',
    ...shared(world, context),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.only !== undefined,
      ...(message.thread && { thread_ts: message.thread }),
    },
    channel: { id: channel.id, name: channel.name },
    ...(message.only === undefined && { message: messageJson(world, message, false) }),
    state: { values },
  };
}

/** The same for a modal or a Home. */
export function pressedView(world: World, context: ActionContext, view: View, values: Json): Json {
  return {
    type: 'block_actions',
    ...shared(world, context),
    container: { type: 'view', view_id: view.id },
    view: viewJson(world, view, context.app, values),
  };
}

/** A view that a user has open. */
export const viewIn = (world: World, { app }: ActionContext, view: View): Json =>
  viewJson(world, view, app);

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function submittedView(
  world: World,
  context: ActionContext,
  view: View,
  values: Json,
): Json {
  return {
    type: 'view_submission',
    ...shared(world, context),
    view: viewJson(world, view, context.app, values),
    response_urls: [],
  };
}

/** The same when a view is closed and the app wants to know. */
export function closedView(world: World, context: ActionContext, view: View): Json {
  return {
    type: 'view_closed',
    ...shared(world, context),
    view: viewJson(world, view, context.app),
    is_cleared: false,
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export function messageShortcut(
  world: World,
  context: ActionContext,
  callback: string,
  on: Message,
): Json {
  const { channel, user } = context;
  const { api_app_id, ...rest } = shared(world, context);
  return {
    type: 'message_action',
    ...rest,
    user: { id: user.id, name: user.name, team_id: user.team },
    callback_id: callback,
    message_ts: on.ts,
    message: messageJson(world, on, false),
    channel: { id: channel.id, name: channel.name },
    action_ts: world.ts(),
  };
}

/**
 * The same from anywhere, with neither a channel nor a response URL:
 * https://docs.slack.dev/interactivity/implementing-shortcuts
 */
export function globalShortcut(world: World, context: ActionContext, callback: string): Json {
  const { user } = context;
  const { api_app_id, ...rest } = shared(world, context);
  return {
    type: 'shortcut',
    ...rest,
    user: { id: user.id, username: user.name, team_id: user.team },
    callback_id: callback,
    action_ts: world.ts(),
  };
}

/** https://docs.slack.dev/apis/events-api/#event-type-structure */
export function event(world: World, team: Team, app: Installation, inner: Json): Json {
  return {
    token: 'verification-token',
    team_id: team.id,
    ...(team.enterprise && { enterprise_id: team.enterprise }),
    api_app_id: world.app.id,
    event: { ...inner, event_ts: world.ts() },
    type: 'event_callback',
    event_id: world.id('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: team.enterprise ?? null,
        team_id: app.team ?? null,
        user_id: app.botUser,
        is_bot: true,
        is_enterprise_install: !app.team,
      },
    ],
    is_ext_shared_channel: false,
  };
}

function enterpriseOf(world: World, team: Team): Json | null {
  if (!team.enterprise) return null;
  return { id: team.enterprise, name: world.enterprises.get(team.enterprise) };
}
