import type { FieldView } from '../wire.ts';

/** What every box of a form is given. */
export interface BoxProps {
  id: string;
  field: FieldView;
  value: string;
  change: (value: string) => void;
  /** The ids of what describes it. */
  described: string;
}
