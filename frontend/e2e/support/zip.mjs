import { inflateRawSync } from 'node:zlib';

/** The files of a ZIP archive, by name, as text. */
export function unzipped(bytes) {
  const files = {};
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    const [packed, name, extra, comment] = [20, 28, 30, 32].map((o, n) =>
      n === 0 ? bytes.readUInt32LE(at + o) : bytes.readUInt16LE(at + o),
    );
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + packed);
    const text = bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content);
    files[bytes.toString('utf8', at + 46, at + 46 + name)] = text.toString('utf8');
    at += 46 + name + extra + comment;
  }
  return files;
}
