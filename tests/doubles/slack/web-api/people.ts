import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { User } from '../world.ts';
import { type Call, type Handler, reaches, teamOf, userOf } from './call.ts';

/** https://docs.slack.dev/reference/methods/users.info and its neighbours */
export const people: Record<string, Handler> = {
  'users.info': (call) => ({ user: userJson(call, userOf(call, call.args.user)) }),

  'team.info'(call) {
    const id = String(call.args.team ?? teamOf(call));
    const team = call.world.teams.get(id);
    if (!team || !reaches(call, id)) throw new Refusal('team_not_found');
    const enterprise = team.enterprise && {
      enterprise_id: team.enterprise,
      enterprise_name: call.world.enterprises.get(team.enterprise),
    };
    return { team: { id, name: team.name, domain: team.domain, ...(enterprise || {}) } };
  },

  'bots.info'(call) {
    const { caller, args, world } = call;
    if (args.bot !== caller.bot) throw new Refusal('bot_not_found');
    const app = { app_id: world.app.id, user_id: caller.botUser };
    return { bot: { id: caller.bot, deleted: false, name: 'convenor', updated: 0, ...app } };
  },
};

/** https://docs.slack.dev/reference/objects/user-object */
function userJson(call: Call, user: User): Json {
  const shown = {
    id: user.id,
    team_id: user.team,
    name: user.name,
    deleted: user.deleted,
    real_name: user.name,
    profile: { real_name: user.name, display_name: user.name, team: user.team },
    is_bot: user.bot,
    is_app_user: false,
    updated: 0,
    ...(reaches(call, user.team) ? {} : { is_stranger: true }),
  };
  if (user.deleted) return shown;
  return {
    ...shown,
    tz: user.zone,
    tz_label: user.zone,
    tz_offset: 0,
    is_admin: user.admin || user.owner,
    is_owner: user.owner,
    is_primary_owner: false,
    is_restricted: user.guest !== 'no',
    is_ultra_restricted: user.guest === 'channel',
  };
}
