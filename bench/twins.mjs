// Repeats recorded commands with the bare driver, without any work of Convenor's.

/** How many rows a twin has. They are replaced in turn. */
const ROWS = 2_000;

/** Writes go into a copy of the collection, its twin, which nothing else reads or changes. */
const twin = (whose, collection) => `${whose}-${collection}`;

/** Creates the twins, with the same indexes and with rows to replace. @param whose a prefix for each app. */
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

/** Repeats the commands, one after the other. @param turn another number each time. */
export async function operations(db, commands, turn, whose = 'bare') {
  for (const [step, { name, collection, filter, documents }] of commands.entries()) {
    if (name === 'find') await db.collection(collection).findOne(filter);
    else if (name === 'insert') {
      await db
        .collection(twin(whose, collection))
        .insertOne({ ...documents[0], _id: `new-${turn}` });
    } else {
      // Another version each time, because a replacement that changes nothing writes nothing.
      const version = turn * commands.length + step;
      const _id = `${turn % ROWS}`;
      const existing = { ...filter, _id, version: { $gte: 0 } };
      await db
        .collection(twin(whose, collection))
        .replaceOne(existing, { ...documents[0], _id, version });
    }
  }
}
