import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { Log } from '../ports.ts';

/** The log of a Lambda function: one JSON object on a line. */
export interface LambdaLog extends Log {
  /** Puts these fields, the request id and the function's name on every line of this invocation. */
  begin(context: Context, fields?: Record<string, unknown>): void;
}

interface LogOptions {
  service: string;
  level: 'debug' | 'info' | 'warn' | 'error';
}

export function createLog({ service, level }: LogOptions): LambdaLog {
  const logger = new Logger({ serviceName: service, logLevel: level, jsonReplacerFn: withholdSecrets });
  return {
    begin: (context, fields = {}) => {
      logger.addContext(context);
      logger.resetKeys();
      logger.appendKeys(fields);
    },
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}

const secret = /token|secret|password|authorization|credential|signature|^env(ironment)?$/i;

/** By the name of a field, at any depth: whoever logs an action or an SDK error must not have to think of what is in it. */
function withholdSecrets(key: string, value: unknown): unknown {
  return value !== undefined && secret.test(key) ? '(withheld)' : value;
}
