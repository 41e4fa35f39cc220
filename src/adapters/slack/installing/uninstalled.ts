import { z } from 'zod';
import type { Holder } from '../install.ts';

/** https://docs.slack.dev/reference/events/app_uninstalled and https://docs.slack.dev/reference/events/tokens_revoked */
const gone = z.object({
  team_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  event_time: z.number(),
  authorizations: z
    .array(z.object({ is_enterprise_install: z.boolean().optional() }))
    .nullish()
    .catch(null),
  event: z.object({
    type: z.string(),
    tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
  }),
});

/** Whose installation has ended, and when. @returns undefined where the bot's own token still works. */
export function heardUninstall(body: unknown): { holder: Holder; at: Date } | undefined {
  const { data } = gone.safeParse(body);
  if (!data) return undefined;
  if (data.event.type === 'tokens_revoked' && !data.event.tokens?.bot?.length) return undefined;
  const [install] = data.authorizations ?? [];
  const holder = {
    team: data.team_id,
    enterprise: data.enterprise_id ?? undefined,
    isEnterpriseInstall: install?.is_enterprise_install === true,
  };
  return { holder, at: new Date(data.event_time * 1000) };
}
