import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { baseStyle } from './base-style.ts';
import type { Markup } from './markup.ts';
import { switchTheme } from './theme-script.ts';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 4h9M4 8h10M2 12h6' stroke='%230969da' stroke-width='2.5' stroke-linecap='round'/%3E%3C/svg%3E";

export interface PageParts {
  title: string;
  heading: string;
  body: Markup;
  /** Beside what all pages have. */
  style: string;
  /** Runs in the browser, as its source: it may use nothing of its module. */
  behave: (document: never) => void;
}

/** A whole page, with all that it needs in it: nothing is loaded, and no other script runs. https://www.w3.org/TR/CSP3/ */
export async function page({ title, heading, body, style: own, behave }: PageParts): Promise<string> {
  const style = `${baseStyle}${own}`;
  const script = `(${switchTheme.toString()})(document);(${behave.toString()})(document)`;
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const markup = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style>${raw(style)}</style>
</head>
<body>
<header class="top"><p class="product">eks-node-lifecycle</p><button type="button" data-theme-toggle hidden>Light or dark</button></header>
<main><h1>${heading}</h1>${body}</main>
<script>${raw(script)}</script>
</body>
</html>
`;
  return String(markup);
}
