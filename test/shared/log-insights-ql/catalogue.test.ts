import { expect, it } from 'vitest';
import { catalogue } from '../../../shared/log-insights/catalogue.ts';
import { compileQuery } from '../../../shared/log-insights-ql/compile-query.ts';

it.each(catalogue.map(({ id, template }) => ({ id, template })))('understands $id of the catalogue', ({ template }) => {
  const { columns } = compileQuery(template.replaceAll(/\{\{\w+\}\}/g, 'name'));
  expect(columns.length).toBeGreaterThan(1);
});
