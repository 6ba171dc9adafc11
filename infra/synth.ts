import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from './build-app.ts';
import { plainTemplate } from './plain-template.ts';
import { findSettings } from './settings/find-settings.ts';
import { SettingsError } from './settings/read-settings.ts';

const usage = `npm run synth [-- --settings FILE] [--output FOLDER]

Writes the stack's templates, offline: for the CDK into cdk.out, and as template.json beside it for plain CloudFormation:

  aws cloudformation package --template-file cdk.out/template.json --s3-bucket BUCKET --output-template-file packaged.json --use-json
  aws cloudformation deploy --template-file packaged.json --s3-bucket BUCKET --stack-name NodeLifecycle --capabilities CAPABILITY_IAM

  --settings FILE    what to deploy; default: settings.yaml if there is one, else every setting's default
  --output FOLDER    default: cdk.out`;

/** `npm run synth`. Ends with 1 when the settings cannot be used, with 2 for an option that there is not. */
function synth(): void {
  const { settings: file, output = 'cdk.out', help } = options();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const settings = findSettings(file);
  rmSync(output, { recursive: true, force: true });
  const { app, stack } = buildApp(settings, { outdir: output, context: { 'aws:cdk:enable-asset-metadata': true } });
  const { template } = app.synth().getStackArtifact(stack.artifactId);
  const plain = join(output, 'template.json');
  writeFileSync(plain, `${JSON.stringify(plainTemplate(template), undefined, 1)}\n`);
  const count = Object.keys(template.Resources).length;
  process.stdout.write(
    `${settings.stackName}: ${count} resources in ${relative('.', output)} (cdk deploy --app ${output}) and ${plain}\n`,
  );
}

function options() {
  const { values } = parseArgs({
    options: { settings: { type: 'string' }, output: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  return values;
}

try {
  synth();
} catch (error) {
  const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  if (!isUsage && !(error instanceof SettingsError)) throw error;
  process.stderr.write(`${(error as Error).message}${isUsage ? `\n\n${usage}` : ''}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
