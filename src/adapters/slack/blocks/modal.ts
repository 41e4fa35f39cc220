import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { errorFields, type Log } from '../../../core/base/log.ts';

/** An answer inside a modal, where one stands open already. */
export function toldModal(blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Convenor' },
    close: { type: 'plain_text', text: 'Close' },
    blocks,
  };
}

/** Opens a modal. @returns its id, or undefined when it is too late for that. Never throws. */
export async function openModal(
  client: WebClient,
  trigger: string | undefined,
  view: ModalView,
  log: Pick<Log, 'warn'>,
): Promise<string | undefined> {
  if (trigger === undefined) return undefined;
  try {
    return (await client.views.open({ trigger_id: trigger, view })).view?.id;
  } catch (error) {
    log.warn(errorFields(error), 'slack did not open a form');
    return undefined;
  }
}

/** Puts another view in an open modal's place. @returns false where it has been closed meanwhile. Never throws. */
export async function changeModal(
  client: WebClient,
  id: string,
  view: ModalView,
  log: Pick<Log, 'warn'>,
): Promise<boolean> {
  try {
    await client.views.update({ view_id: id, view });
    return true;
  } catch (error) {
    log.warn(errorFields(error), 'slack did not change a form');
    return false;
  }
}
