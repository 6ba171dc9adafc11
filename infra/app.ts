import { App } from 'aws-cdk-lib/core';
import { buildApp } from './build-app.ts';
import { findSettings } from './settings/find-settings.ts';
import { SettingsError } from './settings/read-settings.ts';

// What `cdk deploy` runs: it hands over its context in the environment.
try {
  buildApp(findSettings(new App().node.tryGetContext('settings')));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
