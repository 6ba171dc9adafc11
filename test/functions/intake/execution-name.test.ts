import { describe, expect, it } from 'vitest';
import { executionName, successors } from '../../../functions/intake/execution-name.ts';
import type { HookAction, NoticeAction } from '../../../shared/lifecycle/action.ts';
import { continueAs, ticksPerExecution } from '../../../shared/lifecycle/continuation.ts';

const place = { version: 1, account: '123456789012', region: 'us-east-1', instanceId: 'i-05629ab7d9287e205' } as const;
const hook = (token: string): HookAction => ({ ...place, kind: 'terminate', groupName: 'g', hookName: 'h', token });
const notice = (kind: NoticeAction['kind'], noticeId: string): NoticeAction => ({ ...place, kind, noticeId });

describe('the name of an execution', () => {
  it('is instance id and token for a hook', () => {
    expect(executionName(hook('465e0162-e6af-4786-b4e8-bb544ae58790'))).toBe(
      'i-05629ab7d9287e205-465e0162-e6af-4786-b4e8-bb544ae58790',
    );
  });

  it('is instance id and a short hash for a notice, another for another kind or notice', () => {
    const name = executionName(notice('rebalance', 'one'));
    expect(name).toMatch(/^i-05629ab7d9287e205-[0-9a-f]{16}$/);
    expect(executionName(notice('rebalance', 'one'))).toBe(name);
    expect(executionName(notice('rebalance', 'two'))).not.toBe(name);
    expect(executionName(notice('spot-interruption', 'one'))).not.toBe(name);
  });

  it.each([
    ['is too long', 'a'.repeat(90)],
    ['leaves no room for -r3-c99', 'a'.repeat(54)],
    ['has a colon', '465e0162:e6af'],
    ['has a space', '465e0162 e6af'],
    ['has a letter beyond ASCII', '465e0162ä'],
  ])('keeps the instance id and hashes a token that %s', (_, token) => {
    const name = executionName(hook(token));
    expect(name).toMatch(/^i-05629ab7d9287e205-[0-9a-f]{32}$/);
    expect(executionName(hook(`${token}x`))).not.toBe(name);
  });

  it('keeps within 80 characters to the last of its successors', () => {
    const longest = executionName(hook('a'.repeat(53)));
    expect(longest).toBe(`i-05629ab7d9287e205-${'a'.repeat(53)}`);
    const last = continueAs(`${successors(longest).at(-1)}-c98`, ticksPerExecution);
    expect(last).toHaveLength(80);
  });
});
