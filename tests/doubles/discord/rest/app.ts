import { RESTJSONErrorCodes as Code } from 'discord.js';
import { commandProblems } from '../command-rules.ts';
import { registered, registerIn } from '../commands.ts';
import { Refusal, refuse } from '../refusal.ts';
import { userJson } from '../user-object.ts';
import { type Call, guildOf, type Handler, ok } from './call.ts';

/** https://docs.discord.com/developers/resources/application and its neighbours */
export const app: Record<string, Handler> = {
  get_bot_gateway: ({ world, shards, gateway }) =>
    ok({
      url: world.url.replace('http', 'ws'),
      shards,
      session_start_limit: {
        total: 1000,
        remaining: 1000 - gateway.counts.identified,
        reset_after: 86_400_000,
        max_concurrency: 16,
      },
    }),

  get_my_user({ world }) {
    const bot = world.users.get(world.app.bot);
    return ok({ ...(bot && userJson(bot)), mfa_enabled: true, locale: 'en-US', verified: true });
  },

  get_user({ world, args }) {
    const user = world.users.get(String(args.user_id));
    if (!user) throw new Refusal(Code.UnknownUser);
    return ok(userJson(user));
  },

  get_my_application({ world }) {
    const bot = world.users.get(world.app.bot);
    const guilds = [...world.guilds.values()].filter(({ members }) => members.has(world.app.bot));
    return ok({
      id: world.app.id,
      name: 'Convenor',
      icon: null,
      description: '',
      type: null,
      bot: bot && userJson(bot),
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: 0,
      flags_new: '0',
      redirect_uris: [],
      interactions_endpoint_url: null,
      role_connections_verification_url: null,
      owner: bot && userJson(bot),
      approximate_guild_count: guilds.length,
      approximate_user_install_count: 0,
      approximate_user_authorization_count: 0,
      explicit_content_filter: 0,
      team: null,
      eligible_oauth2_scopes: [],
    });
  },

  list_application_commands: (call) => ok(registered(call.world, ownAt(call, ''))),
  bulk_set_application_commands: (call) => set(call, ''),
  list_guild_application_commands: (call) =>
    ok(registered(call.world, ownAt(call, guildOf(call).id))),
  bulk_set_guild_application_commands: (call) => set(call, guildOf(call).id),
};

function set(call: Call, where: string) {
  const at = ownAt(call, where);
  refuse(commandProblems(call.list));
  registerIn(call.world, at, call.list);
  return ok(registered(call.world, at));
}

/** An app can only see and set its own commands. */
function ownAt({ world, args }: Call, where: string): string {
  if (args.application_id !== world.app.id) throw new Refusal(Code.UnknownApplication);
  return where;
}
