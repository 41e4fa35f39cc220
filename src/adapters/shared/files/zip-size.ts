import { inflateRawSync } from 'node:zlib';

// The records of a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16.
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * The size of the XML in a zip when it is unpacked (bytes), as its directory says it and as it is: each entry is unpacked
 * to see that it is not longer. No more than `maxBytes` is ever unpacked.
 */
export function unpackedSize(zip: Buffer, maxBytes: number): number | 'too large' | 'damaged' {
  try {
    let total = 0;
    const end = endOf(zip);
    let at = zip.readUInt32LE(end + 16);
    const entries: Entry[] = [];
    for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
      const entry = entryAt(zip, at);
      if (/\.(?:xml|rels)$/.test(entry.name)) entries.push(entry);
      at += entry.length;
    }
    for (const { size } of entries) total += size;
    if (total > maxBytes) return 'too large';
    return entries.every((entry) => isAsDeclared(zip, entry)) ? total : 'damaged';
  } catch {
    // A place outside the file, or data that is not what its entry says.
    return 'damaged';
  }
}

interface Entry {
  name: string;
  method: number;
  packedSize: number;
  size: number;
  place: number;
  /** The length of the entry in the directory. */
  length: number;
}

/** The place of the record at the end of a zip. */
function endOf(zip: Buffer): number {
  for (let at = zip.length - END_BYTES; at >= 0; at--)
    if (zip.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new Error('That is no zip.');
}

function entryAt(zip: Buffer, at: number): Entry {
  if (zip.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error('That is no entry of a zip.');
  const nameLength = zip.readUInt16LE(at + 28);
  return {
    name: zip.toString('latin1', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength),
    method: zip.readUInt16LE(at + 10),
    packedSize: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    place: zip.readUInt32LE(at + 42),
    length: ENTRY_BYTES + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32),
  };
}

function isAsDeclared(zip: Buffer, { method, packedSize, size, place }: Entry): boolean {
  const start = place + LOCAL_BYTES + zip.readUInt16LE(place + 26) + zip.readUInt16LE(place + 28);
  const packed = zip.subarray(start, start + packedSize);
  if (method === STORED) return packed.length === size;
  // It throws when there is more than the declared size.
  return (
    method === DEFLATED &&
    inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }).length === size
  );
}
