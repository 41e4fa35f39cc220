import { Refusal } from '../refusal.ts';
import { userJson } from '../user-object.ts';
import { type Handler, reaches, userOf } from './call.ts';

/** https://docs.slack.dev/reference/methods/users.info and its neighbours */
export const users: Record<string, Handler> = {
  'users.info'(call) {
    const user = userOf(call, call.args.user);
    const stranger = reaches(call, user.team) ? {} : { is_stranger: true };
    return { user: { ...userJson(user, call.world), ...stranger } };
  },

  'team.info'(call) {
    const id = String(call.args.team ?? call.caller.team ?? call.args.team_id);
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
