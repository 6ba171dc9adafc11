import type { html } from 'hono/html';

/** What a template makes: its values are escaped, what is made of it is not escaped again. Attributes are always quoted. */
export type Markup = ReturnType<typeof html>;
