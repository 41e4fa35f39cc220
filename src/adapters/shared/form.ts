import type { Field, Form } from '../../core/message/form.ts';

/** The title of a form's modal: the form's own if it is short enough, else the command's name. */
export function modalTitle({ title, command }: Form, maxLength: number): string {
  return title.length <= maxLength ? title : capitalize(command);
}

/** A field for an arg that has none and is too long to travel with the form. */
export function extraField(name: string, value: string): Field {
  return {
    name,
    label: capitalize(name),
    kind: 'text',
    long: true,
    needed: false,
    hint: '',
    value,
  };
}

/** The hint of a field whose value was cut. */
export function truncatedHint(maxLength: number): string {
  return `Only the first ${maxLength.toLocaleString('en-GB')} characters have room here.`;
}

/** A field's value, as people read it: a value that is a reference is shown by its name. */
export function fieldText({ value, options }: Field): string {
  return options?.find((option) => option.value === value)?.label ?? value;
}

/**
 * The value that a submitted field gives its arg.
 * @param wasFilled whether the field held something when the form opened: emptying it is then a change.
 * @returns undefined if the arg is not mentioned.
 */
export function submittedValue(value: string, wasFilled: boolean): string | undefined {
  if (value.trim() !== '') return value;
  return wasFilled ? '' : undefined;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
