import * as z from 'zod/mini';
import { manualAnswer } from '../../../functions/drain/answer-schema.ts';
import { manualRequest } from '../../../shared/settings/manual-request.ts';

function part(schema: z.ZodMiniType, io: 'input' | 'output', description: string) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return { description, ...rest };
}

/** docs/manual-drain.schema.json: `node test/functions/drain/schema-page.ts` prints it, `biome format --write` puts it into its shape. */
export const schemaPage = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Drains by hand: what their function is asked, and what it answers',
  anyOf: [{ $ref: '#/$defs/request' }, { $ref: '#/$defs/answer' }],
  $defs: {
    request: part(manualRequest, 'input', 'The payload of aws lambda invoke.'),
    answer: part(manualAnswer, 'output', 'Fields may be added within version 1; none is taken away.'),
  },
};

if (import.meta.main) process.stdout.write(`${JSON.stringify(schemaPage, undefined, 2)}\n`);
