/** A request that cannot be answered: its sentence goes back as `{error}`, with a 4xx status. */
export class HttpError extends Error {
  readonly status: number;
  constructor(sentence: string, status = 400) {
    super(sentence);
    this.name = 'Complaint';
    this.status = status;
  }
}
