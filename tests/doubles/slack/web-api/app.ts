import { Refusal } from '../refusal.ts';
import { type Call, type Handler, pageOf, reaches } from './call.ts';

/** The app's calls about itself: https://docs.slack.dev/reference/methods/auth.test and its neighbours */
export const app: Record<string, Handler> = {
  'auth.test'({ world, caller }) {
    const team = world.teams.get(caller.team ?? '');
    return {
      url: `https://${team?.domain ?? 'organisation'}.slack.com/`,
      team: team?.name ?? world.enterprises.get(caller.enterprise ?? ''),
      user: 'convenor',
      team_id: caller.team ?? caller.enterprise,
      user_id: caller.botUser,
      bot_id: caller.bot,
      ...(caller.enterprise && { enterprise_id: caller.enterprise }),
      is_enterprise_install: !caller.team,
    };
  },

  /** The workspaces that the token reaches: https://docs.slack.dev/reference/methods/auth.teams.list */
  'auth.teams.list'(call) {
    const reached = [...call.world.teams.values()].filter((team) => reaches(call, team.id));
    const { items, next_cursor } = pageOf(reached, call.args);
    return {
      teams: items.map(({ id, name }) => ({ id, name })),
      response_metadata: { next_cursor },
    };
  },

  'auth.revoke'({ world, caller, args }) {
    if (args.test) return { revoked: false };
    caller.state = 'revoked';
    world.changed();
    return { revoked: true };
  },

  'apps.uninstall'(call) {
    const { world, caller, args } = call;
    requireSecret(call);
    for (const one of world.installations)
      if (one.team === caller.team && one.enterprise === caller.enterprise)
        one.state = 'uninstalled';
    world.changed();
    return { uninstalled: args.client_id === world.app.clientId };
  },
};

/** Throws a Refusal when the call lacks the app's id and secret. */
export function requireSecret({ world, args }: Pick<Call, 'world' | 'args'>): void {
  if (args.client_id !== world.app.clientId) throw new Refusal('invalid_client_id', 'client_id');
  if (args.client_secret !== world.app.clientSecret)
    throw new Refusal('bad_client_secret', 'client_secret');
}
