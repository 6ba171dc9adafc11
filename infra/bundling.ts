import type { BuildOptions } from 'esbuild';

/**
 * How every function is bundled, by the build and by the deployment alike. What a handler imports with `import()` is a file of
 * its own: in one file with the rest, esbuild would wrap all that both share, and loading would take twice the time.
 */
export const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  splitting: true,
  entryNames: 'index',
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  minify: true,
  sourcemap: true,
  // Lines and names are enough for a stack trace; the sources themselves are in the repository.
  sourcesContent: false,
  mainFields: ['module', 'main'],
  // Some dependencies call require(), which an ES module does not have.
  banner: {
    js: "import{createRequire as enlCreateRequire}from'node:module';const require=enlCreateRequire(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;
