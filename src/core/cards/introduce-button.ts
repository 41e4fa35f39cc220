import { FORM } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';

/** Chooses a member who is to meet a partner that only one of us, or only workers, know. */
export const introduceButton = ({ id }: { id: string }): Button => ({
  label: 'Introduce somebody',
  command: 'introduce',
  args: { with: `#${id}`, [FORM]: 'yes' },
});
