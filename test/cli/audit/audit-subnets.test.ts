import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type AuditOptions, auditSubnets } from '../../../cli/audit/audit-subnets.ts';
import { auditFormats } from '../../../cli/audit/render-report.ts';
import { CommandError } from '../../../cli/command-error.ts';
import { readReport } from '../../../shared/audit-files/read-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'enl-audit-'));
const snapshot = join(import.meta.dirname, '../../audit/snapshots/every-check.json');
const running = { signal: new AbortController().signal, onInterrupt: { first: '', second: () => '' } };
afterAll(() => rmSync(folder, { recursive: true }));

async function audit(options: Partial<AuditOptions> = {}) {
  const whole: AuditOptions = { kubernetes: true, failOn: 'high', output: 'json', snapshot, ...options };
  let printed = '';
  const out = (text: string) => {
    printed += text;
  };
  const code = await auditSubnets(whole, { out }, running);
  return { code, printed, report: () => readReport(printed, 'the output') };
}

/** What a person is told instead of a report. */
async function troubleOf(options: Partial<AuditOptions>): Promise<string> {
  const error: unknown = await audit(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('it was no trouble', { cause: error });
  return [error.message, ...(error.next === undefined ? [] : [error.next])].join('\n');
}

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('an audit of a snapshot', () => {
  it.each([
    ['table', /^CRITICAL \(\d+\)\nSTATUS /],
    ['json', /^\{\n {2}"version": 2,/],
    ['sarif', /"version": "2\.1\.0"/],
    ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /],
    ['asff', /^\[\n {2}\{\n {4}"SchemaVersion": "2018-10-08",/],
    ['markdown', /NET-16/],
    ['html', /^<!doctype html>/i],
  ] as const)('is printed as %s', async (output, start) => {
    expect(auditFormats).toContain(output);
    const { printed, code } = await audit({ output });
    expect(printed).toMatch(start);
    expect(code).toBe(1);
  });

  it('is written to a file that is for its owner alone', async () => {
    const outputFile = join(folder, 'report.json');
    const { printed } = await audit({ outputFile });
    expect(printed).toBe('');
    expect(readReport(readFileSync(outputFile, 'utf8'), 'f').run.clusters).toHaveLength(5);
    expect(statSync(outputFile).mode & 0o777).toBe(0o600);
  });

  it.each([
    [{ cluster: ['pay'], failOn: 'critical' }, 1],
    [{ cluster: ['batch'], failOn: 'critical' }, 0],
    [{ cluster: ['batch'], failOn: 'critical', strict: true }, 2],
    [{ cluster: ['batch'], failOn: 'high', strict: true }, 1],
  ] as const)('of %j ends with %i', async (options, code) => {
    expect((await audit({ ...options, cluster: [...options.cluster] })).code).toBe(code);
  });

  it('is of the clusters and VPCs that are named', async () => {
    const { report } = await audit({ vpc: ['vpc-shop'] });
    expect(report().run).toMatchObject({ clusters: ['shop', 'batch'], allClusters: false });
    expect((await audit({ vpc: ['vpc-shop'], cluster: ['batch'] })).report().run.clusters).toEqual(['batch']);
  });

  it('lets pass what a waiver lets pass, and still shows it', async () => {
    const lines = ['NET-15', 'NET-16'].map(
      (id) => `  - {id: ${id}, resource: "*", cluster: pay, reason: moving, owner: net, expires: 2999-12-31}`,
    );
    const waivers = fileOf('waivers.yaml', `waivers:\n${lines.join('\n')}\n`);
    const { code, report } = await audit({ cluster: ['pay'], failOn: 'critical', waivers });
    expect(code).toBe(0);
    expect(report().counts.waived).toBe(2);
  });
});

describe('an audit that cannot begin', () => {
  const cut = () => fileOf('cut.json', readFileSync(snapshot, 'utf8').slice(0, 5000));
  it.each([
    [{ cluster: ['shoop'] }, /^there is no cluster shoop in .*every-check\.json\nDid you mean shop\?$/],
    [{ vpc: ['vpc-none'] }, /^there is no VPC of a cluster vpc-none in .*\n.*vpc-/],
    [{ vpc: ['vpc-pay'], cluster: ['shop'] }, /^no cluster of .* is wanted\nThere are shop, /],
    [{ region: 'us-east-1' }, /^.*every-check\.json is of eu-west-1, not of us-east-1\n/],
    [{ snapshot: '/nowhere/x.json' }, /^reading \/nowhere\/x\.json: there is no such file or folder$/],
    [{ outputFile: '/nowhere/x.html' }, /^writing \/nowhere\/x\.html: there is no such file or folder$/],
    [{ waivers: '/nowhere/w.yaml' }, /^reading \/nowhere\/w\.yaml: there is no such file or folder$/],
  ])('for %j says why', async (options, text) => {
    expect(await troubleOf(options)).toMatch(text);
  });

  it('since the snapshot is cut off says so', async () => {
    expect(await troubleOf({ snapshot: cut() })).toMatch(
      /cut\.json ends in the middle: .*\n.*\nWhat belongs where: docs\/snapshot\.md$/,
    );
  });

  it('since waivers are malformed says all that is wrong, line by line', async () => {
    const waivers = fileOf(
      'bad.yaml',
      'waivers:\n  - id: NET-1\n    resource: "*"\n  - id: NET-02\n    resources: x\n',
    );
    const told = await troubleOf({ waivers });
    expect(told).toMatch(/bad\.yaml:2: waivers\[0\]\.id: expected the id of a check/);
    expect(told).toMatch(/bad\.yaml:5: waivers\[1\]\.resources: no waiver has this/);
    expect(told).toMatch(/bad\.yaml:2: waivers\[0\]\.expires: is missing/);
  });
});
