import { expect, it } from 'vitest';
import { withFields } from '../../../shared/drain/with-fields.ts';

it('puts on each line what is known when it is written, under what the line says itself', () => {
  const lines: unknown[] = [];
  const line = (level: string) => (message: string, fields?: object) => void lines.push({ level, message, ...fields });
  const known: Record<string, unknown> = { instance: 'i-1' };
  const log = withFields(
    { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    () => known,
  );
  log.info('begun');
  known.node = 'worker-1';
  log.warn('eviction refused', { pod: 'web-0' });
  log.error('drain taken over', { node: 'worker-2' });
  log.debug('done');
  expect(lines).toEqual([
    { level: 'info', message: 'begun', instance: 'i-1' },
    { level: 'warn', message: 'eviction refused', instance: 'i-1', node: 'worker-1', pod: 'web-0' },
    { level: 'error', message: 'drain taken over', instance: 'i-1', node: 'worker-2' },
    { level: 'debug', message: 'done', instance: 'i-1', node: 'worker-1' },
  ]);
});
