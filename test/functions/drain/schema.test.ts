import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { schemaPage } from './schema-page.ts';

const page = readFileSync(new URL('../../../docs/manual-drain.schema.json', import.meta.url), 'utf8');

it('the page of the schema is made of what the function reads and answers', () => {
  expect(JSON.parse(page)).toEqual(JSON.parse(JSON.stringify(schemaPage)));
});

it('the page says of each thing that may be asked what it is', () => {
  const { oneOf: actions = [] } = schemaPage.$defs.request as { oneOf?: { properties: Record<string, object> }[] };
  expect(actions).toHaveLength(4);
  for (const { properties } of actions) {
    const silent = Object.entries(properties).filter(
      ([, schema]) => !('description' in schema) && !('const' in schema),
    );
    expect(silent).toEqual([]);
  }
});
