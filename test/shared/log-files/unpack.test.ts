import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpack } from '../../../shared/log-files/unpack.ts';

async function unpacked(bytes: Uint8Array, pieceBytes = bytes.length): Promise<{ text: string; cutOff?: string }> {
  const pieces: Buffer[] = [];
  async function* source() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const cutOff = await unpack(source(), (piece) => pieces.push(Buffer.from(piece)));
  return { text: Buffer.concat(pieces).toString(), ...(cutOff && { cutOff }) };
}

const long = Array.from({ length: 40_000 }, (_, at) => `${at * at}`).join();

it.each<[string, Uint8Array, string]>([
  ['nothing', Buffer.from(''), ''],
  ['a single byte', Buffer.from('a'), 'a'],
  ['what is not packed', Buffer.from('plain'), 'plain'],
  ['one member', gzipSync('packed'), 'packed'],
  ['several members', Buffer.concat([gzipSync(long), gzipSync(''), gzipSync('end')]), `${long}end`],
  ['a member and zeros after it', Buffer.concat([gzipSync('packed'), Buffer.alloc(512)]), 'packed'],
])('hands on %s', async (_, bytes, text) => {
  expect(await unpacked(bytes)).toEqual({ text });
  expect(await unpacked(bytes, bytes.length > 1000 ? 4096 : 1)).toEqual({ text });
});

it.each([1, 8, 5000])('hands on what came before an end that lacks %d bytes', async (missing) => {
  const packed = gzipSync(long);
  const { text, cutOff } = await unpacked(packed.subarray(0, packed.length - missing), 4096);
  expect(cutOff).toBe('the gzip ends in the middle');
  expect(long.startsWith(text)).toBe(true);
  expect(text.length).toBeGreaterThan(long.length / 2);
});

it('says that a gzip is damaged', async () => {
  const packed = gzipSync(long);
  packed.fill(0xff, packed.length / 2, packed.length / 2 + 64);
  const { text, cutOff } = await unpacked(packed, 4096);
  expect(cutOff).toMatch(/^the gzip is damaged \(/);
  expect(text.length).toBeGreaterThan(0);
});

it.each([gzipSync('packed'), Buffer.from('plain')])('throws what its taker throws (%#)', async (bytes) => {
  async function* source() {
    yield bytes;
  }
  const refused = new Error('not this one');
  const refuse = () => {
    throw refused;
  };
  await expect(unpack(source(), refuse)).rejects.toBe(refused);
});
