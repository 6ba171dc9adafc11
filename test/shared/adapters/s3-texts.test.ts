import { expect, it } from 'vitest';
import { createS3Texts } from '../../../shared/adapters/s3-texts.ts';
import { startS3 } from './start-s3.ts';

const never = new AbortController().signal;

it('gives back what was put away, and nothing for what was not', async () => {
  const { client, types } = await startS3();
  const texts = createS3Texts(client, { bucket: 'bucket' });
  expect(await texts.load('a/b.json', never)).toBeUndefined();
  await texts.save('a/b.json', '{"é":1}', never);
  expect([await texts.load('a/b.json', never), types]).toEqual(['{"é":1}', ['application/json']]);
});

it('says what it could not load or save', async () => {
  const { client } = await startS3();
  const texts = createS3Texts(client, { bucket: 'other' });
  await expect(texts.load('a.json', never)).rejects.toThrow(/^loading s3:\/\/other\/a\.json: AccessDenied/);
  await expect(texts.save('a.json', '', never)).rejects.toThrow(/^saving s3:\/\/other\/a\.json: AccessDenied/);
});
