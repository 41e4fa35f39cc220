/** The app did not take something as it must. */
export class NotAcknowledged<Parcel> extends Error {
  /** What it was sent; the same can be sent again. */
  readonly parcel: Parcel;

  constructor(message: string, parcel: Parcel) {
    super(message);
    this.parcel = parcel;
  }
}
