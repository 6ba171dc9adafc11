import { expect, it } from 'vitest';
import { jsonEvent } from '../../../shared/log-insights-ql/json-event.ts';
import { jsonField } from '../../../shared/log-insights-ql/json-field.ts';
import { resultOf } from './run-over.ts';

const objects = { requestObject: { spec: { unschedulable: true } }, responseObject: { code: 7, verb: 'nested' } };
const event = {
  verb: 'patch',
  objectRef: { resource: 'nodes' },
  ...objects,
  stageTimestamp: 'late',
  annotations: { 'a.b/c': 'x' },
};
const bracketed = JSON.stringify({ impersonated: { who: 'eve', ...objects }, verb: 'get' });

it.each<[string, unknown, string | number | null]>([
  ['verb', event, 'patch'],
  ['objectRef.resource', event, 'nodes'],
  ['objectRef.subresource', event, null],
  ['objectRef.subresource', { ...event, 'objectRef.subresource': 'x' }, 'x'],
  ['requestObject.spec.unschedulable', event, 1],
  ['responseObject.code', event, 7],
  ['stageTimestamp', event, 'late'],
  ['annotations.a.b/c', event, 'x'],
  ['missing', event, null],
  ['impersonated.requestObject.spec.unschedulable', bracketed, 1],
  ['verb', bracketed, 'get'],
  ['late', JSON.stringify({ ...event, late: 'x' }).replace('"late":', String.raw`"l\u0061te":`), 'x'],
])('finds %s wherever it stands', (name, of, value) => {
  expect(jsonField(name)(jsonEvent(typeof of === 'string' ? of : JSON.stringify(of)))).toBe(value);
});

it('does not find what stands beyond the 200th field', () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`f${at}`, at]));
  const message = JSON.stringify({ verb: 'get', requestObject: many, stageTimestamp: 'late' });
  const fields = ['verb', 'requestObject.f198', 'requestObject.f199', 'stageTimestamp'];
  const parsed = jsonEvent(message);
  expect(fields.map((name) => jsonField(name)(parsed))).toEqual(['get', 198, null, null]);
});

it('tells of an event whose rest is broken as soon as it is looked at', async () => {
  const broken = JSON.stringify(event).replace('"spec":{', '"spec":{{');
  const brokenBy = async (query: string) => (await resultOf(query, [broken])).broken.count;
  expect(await brokenBy('filter verb = "patch" | fields verb')).toBe(0);
  expect(await brokenBy('filter requestObject.spec.unschedulable = 1 | fields verb')).toBe(1);
});
