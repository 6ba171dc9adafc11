import { repeatLogger } from './repeated-calls.ts';

/**
 * Given to every AWS client where it is made. Standard mode retries throttling, 5xx, resets and timeouts with jittered backoff;
 * five attempts wait for at most 15 s in all. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const clientDefaults = {
  retryMode: 'standard',
  maxAttempts: 5,
  logger: repeatLogger,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    // Without it a request that times out is only warned about, and goes on.
    throwOnRequestTimeout: true,
  },
};

/** For a request that does more when it is made twice: whoever makes it looks first at what became of the one before. */
export const askedOnce = { ...clientDefaults, maxAttempts: 1 };
