/** As much of a synthesized template as is read here. */
export interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; Metadata?: Record<string, unknown> }>;
}

/**
 * W3002: code in a folder needs `package`, which is the purpose. W3005: the CDK names dependencies that a reference implies.
 * https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md
 */
const lint = { 'cfn-lint': { config: { ignore_checks: ['W3002', 'W3005'] } } };

/**
 * The template for plain CloudFormation: the code of each function is a folder beside the template, which
 * `aws cloudformation package` uploads to a bucket of yours. Nothing in it needs the CDK or its bootstrapping. Throws when a function's code
 * is not in a folder. https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
export function plainTemplate({ Resources, ...template }: Template): Template & { Metadata: typeof lint } {
  const plain = Object.entries(Resources).map(([id, { Metadata = {}, ...resource }]) => {
    if (resource.Type !== 'AWS::Lambda::Function') return [id, resource] as const;
    const folder = Metadata['aws:asset:path'];
    if (typeof folder !== 'string') throw new Error(`the code of ${id} is not in a folder`);
    return [id, { ...resource, Properties: { ...resource.Properties, Code: folder } }] as const;
  });
  return { ...template, Metadata: lint, Resources: Object.fromEntries(plain) };
}
