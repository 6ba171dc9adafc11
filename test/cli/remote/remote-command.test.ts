import { it } from 'vitest';
import { budget, deployment, nodeName } from '../../shared/drain/drain-world.ts';
import { startRemote } from './start-remote.ts';

const limit = { timeout: 60_000 };
const web = () => [deployment('web', 2)];
const drain = (what: string, ...more: string[]) => ['drain', what, '--cluster', 'demo', ...more];

it.concurrent(
  'starts a request of the stack that the settings name, and says where it runs and how to follow it',
  limit,
  async ({ onTestFinished, expect }) => {
    const { enl, asked, cloud } = await startRemote(onTestFinished, 2, web);
    const args = [
      '--asg',
      'example-asg',
      '--max-unavailable',
      '50%',
      '--pod-selector',
      'app in (web)',
      '--timeout',
      '1h',
    ];
    const { code, out, err } = await enl(...drain('start', ...args));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(asked()).toMatchObject([
      {
        action: 'start',
        target: { asg: 'example-asg' },
        maxUnavailable: '50%',
        podSelector: 'app in (web)',
        timeoutSeconds: 3600,
      },
    ]);
    const [, id = ''] = /request +(\S+): 2 nodes, 1 at a time/.exec(out) ?? [];
    expect(cloud.request(id)?.status).toBeDefined();
    expect(out).toContain(`execution  arn:aws:states:us-east-1:123456789012:execution:request:${id}\n`);
    expect(out).toContain(`enl drain status --remote --cluster demo --request ${id} --watch`);
    const status = await enl(...drain('status', '--remote', '--request', id, '-o', 'json'));
    expect(JSON.parse(status.out)).toMatchObject({ drains: [{}, {}], requests: [{ requestId: id }] });
  },
);

it.concurrent(
  'watches a request to its end, with data on stdout and progress on stderr, exit code 0',
  limit,
  async ({ onTestFinished, expect }) => {
    const { enl, cloud } = await startRemote(onTestFinished, 2, web);
    const { code, out, err } = await enl(...drain('start', '--watch', '-o', 'json', nodeName));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ...{ version: 1, cluster: 'demo', nodes: [nodeName], status: 'SUCCEEDED' },
      executionArn: expect.stringMatching(/:execution:request:/),
      outcomes: [{ node: nodeName, outcome: 'drained' }],
    });
    expect(err).toContain(`${nodeName}  ended: drained`);
    expect(cloud.podsOn(nodeName)).toEqual([]);
  },
);

it.concurrent(
  'ends with 1 when a drain that it watches is stopped by somebody else',
  limit,
  async ({ onTestFinished, expect }) => {
    const held = () => [deployment('web', 2), budget('web', { minAvailable: 2 })];
    const { enl, cloud } = await startRemote(onTestFinished, 1, held);
    const watching = enl(...drain('start', '--watch', nodeName));
    while (cloud.cordoned().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const stopped = await enl(...drain('stop', '--remote', '--all'));
    expect(stopped).toMatchObject({ code: 0, out: expect.stringContaining('its drain stops at its next look') });
    const { code, out } = await watching;
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/stopped .*our marks are taken back/) });
    expect(cloud.marked()).toEqual([]);
  },
);
