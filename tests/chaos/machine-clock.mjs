/*
 * Imported before everything else: makes the machine's clock wrong by `skew` ms for all code in this process.
 * Timers run as usual, and dates made from a given instant are not changed.
 */
const { skew } = JSON.parse(process.argv[2]);
const RealDate = Date;
const now = () => RealDate.now() + skew;

globalThis.Date = new Proxy(RealDate, {
  construct: (date, args, made) => Reflect.construct(date, args.length > 0 ? args : [now()], made),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
});
