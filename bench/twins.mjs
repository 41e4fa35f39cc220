// Driver operations that were heard once, made again by the bare driver: nothing is read into objects, decided or rendered.

/** Rows of a twin that are replaced in turn. */
const ROWS = 2_000;

/** What is written goes into a twin of its collection, which nobody else reads or changes. */
const twin = (whose, collection) => `${whose}-${collection}`;

/** Twins have the same indexes, and rows to replace: each turn its own. @param whose sets apart those of several apps. */
export async function makeTwins(db, commands, whose = 'bare') {
  const written = commands.filter(({ name }) => name !== 'find');
  for (const collection of new Set(written.map((command) => command.collection))) {
    const indexes = await db.collection(collection).indexes();
    const rows = await db.createCollection(twin(whose, collection));
    const own = indexes.filter(({ name }) => name !== '_id_');
    if (own.length > 0) await rows.createIndexes(own.map(({ key, name }) => ({ key, name })));
    const { documents } = written.find((command) => command.collection === collection);
    await rows.insertMany(
      Array.from({ length: ROWS }, (_, index) => ({ ...documents[0], _id: `${index}` })),
    );
  }
}

/** The operations, one after the other. @param turn another number each time. */
export async function operations(db, commands, turn, whose = 'bare') {
  for (const [step, { name, collection, filter, documents }] of commands.entries()) {
    if (name === 'find') await db.collection(collection).findOne(filter);
    else if (name === 'insert') {
      await db
        .collection(twin(whose, collection))
        .insertOne({ ...documents[0], _id: `new-${turn}` });
    } else {
      // Another version each time: a replacement that changes nothing writes nothing.
      const version = turn * commands.length + step;
      const _id = `${turn % ROWS}`;
      const standing = { ...filter, _id, version: { $gte: 0 } };
      await db
        .collection(twin(whose, collection))
        .replaceOne(standing, { ...documents[0], _id, version });
    }
  }
}
