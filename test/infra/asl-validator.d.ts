/** It comes without types. https://github.com/ChristopheBougere/asl-validator */
declare module 'asl-validator' {
  const validate: (definition: unknown) => { isValid: boolean; errors: readonly unknown[] };

  // biome-ignore lint/style/noDefaultExport: it is what the package has
  export { validate as default };
}
