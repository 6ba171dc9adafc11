import { expect, test } from 'vitest';
import { catalogue } from '../../shared/log-insights/catalogue.ts';
import { queriesPage } from './queries-page.ts';

test('docs/queries.md says what the catalogue says', async () => {
  await expect(queriesPage(catalogue)).toMatchFileSnapshot('../../docs/queries.md');
});
