/**
 * A row as the server keeps it: `id` is `_id`, and a tenant's row names its `partnership`.
 * Top-level names follow https://www.mongodb.com/docs/manual/core/document/#field-names.
 */
export interface Stored {
  _id: string;
  version: number;
  partnership?: string;
  [field: string]: unknown;
}
