import { ObjectId } from 'bson';
import { acceptDocument } from '../bson/accept.ts';
import { document, type Part, partOf } from '../bson/element.ts';
import { ARRAY, OBJECT_ID, typeName } from '../bson/types.ts';
import { CommandError } from '../errors.ts';
import { type Command, namespaceOf } from './context.ts';
import { doStatements } from './statements.ts';

/** https://www.mongodb.com/docs/manual/reference/command/insert/ */
export const insert: Command = (call) => {
  const { args, catalog } = call;
  args.only('insert', 'documents', 'ordered', 'bypassDocumentValidation');
  const namespace = namespaceOf(call);
  const docs = args.objects('documents');
  let n = 0;
  const insertOne = (given: Buffer) => {
    const doc = withIdFirst(given);
    catalog.insert(catalog.ensure(namespace), doc);
    n++;
  };
  return doStatements(call, docs, args.flag('ordered', true), insertOne, () => ({ n }));
};

/** The document as it is stored, in bytes of its own, with an `_id` if it brought none. */
function withIdFirst(given: Buffer): Buffer {
  const fields = acceptDocument(given);
  const id = fields.find((field) => field.name === '_id');
  if (id?.type === ARRAY)
    throw new CommandError(53, `The '_id' value cannot be of type ${typeName(id.type)}`);
  if (id && id === fields[0]) return Buffer.from(given);
  const first: Part = id ? partOf(id) : [OBJECT_ID, '_id', new ObjectId().id];
  return document([first, ...fields.filter((field) => field !== id).map(partOf)]);
}
