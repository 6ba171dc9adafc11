import { expect, it } from 'vitest';
import { renderEvidencePage } from '../../../shared/log-page/render-evidence-page.ts';
import { evict, evidence, log, node, remove } from '../evidence/a-drain.ts';

const manager = { user: 'eks:node-manager', agent: 'vpcLambda/v0.0.0' };

it('shows the outcome, both drains, every claim and what shows it', async () => {
  const page = await renderEvidencePage(
    evidence([...Object.values(log), remove(300, 'x', manager)]),
    '/aws/eks/prod/cluster',
  );
  expect(page).toContain(`<title>✓ Evidence of ${node}</title>`);
  expect(page).toContain('OK: 10 of 10 claims');
  expect(page).toContain('<dt>Log</dt><dd>/aws/eks/prod/cluster</dd>');
  expect(page.match(/class="lanes"/g)).toHaveLength(3);
  expect(page).toContain('managed node group: eks:node-manager');
  expect(page.match(/>in the log</g)).toHaveLength(10);
});

it('names differences and doubts first', async () => {
  const page = await renderEvidencePage(
    evidence([...Object.values(log), evict(50, 'web-1', 429)], { cut: 'cut off' }),
    'audit.log',
  );
  expect(page).toContain(`✗ Evidence of ${node}`);
  expect(page).toMatch(/<span class="badge">logged-not-claimed<\/span> <code>shop\/web-1<\/code>/);
  expect(page).toMatch(/<span class="badge">log-cut<\/span> cut off/);
});

it('takes what a log says for text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const page = await renderEvidencePage(
    evidence([...Object.values(log), remove(300, evil, { user: evil, agent: evil })]),
    evil,
  );
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
});
