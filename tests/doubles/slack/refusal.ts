/** An error answer; `code` is one of the method's documented errors. */
export class Refusal extends Error {
  readonly code: string;
  /** Set when the call itself is wrong, so that no app should ever make it. */
  readonly violation: string | undefined;

  constructor(code: string, violation?: string) {
    super(violation ?? code);
    this.code = code;
    this.violation = violation;
  }
}
