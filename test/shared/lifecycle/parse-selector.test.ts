import { describe, expect, it } from 'vitest';
import { matchesSelector } from '../../../shared/lifecycle/budget-match.ts';
import { parseSelector } from '../../../shared/lifecycle/parse-selector.ts';

const requirement = (key: string, operator: string, ...values: string[]) => ({ key, operator, values });

describe('a label selector', () => {
  it.each([
    ['app=web', [requirement('app', 'In', 'web')]],
    ['app==web', [requirement('app', 'In', 'web')]],
    ['app = web', [requirement('app', 'In', 'web')]],
    ['app!=web', [requirement('app', 'NotIn', 'web')]],
    ['app=', [requirement('app', 'In', '')]],
    ['app', [requirement('app', 'Exists')]],
    ['!app', [requirement('app', 'DoesNotExist')]],
    ['! app', [requirement('app', 'DoesNotExist')]],
    ['app in (web, api)', [requirement('app', 'In', 'web', 'api')]],
    ['app notin (web)', [requirement('app', 'NotIn', 'web')]],
    ['app in(web,)', [requirement('app', 'In', 'web', '')]],
    [
      'app.kubernetes.io/name=web,tier in (a,b),!old',
      [
        requirement('app.kubernetes.io/name', 'In', 'web'),
        requirement('tier', 'In', 'a', 'b'),
        requirement('old', 'DoesNotExist'),
      ],
    ],
    [`${'k'.repeat(63)}=${'v'.repeat(63)}`, [requirement('k'.repeat(63), 'In', 'v'.repeat(63))]],
    [' app=web , tier ', [requirement('app', 'In', 'web'), requirement('tier', 'Exists')]],
  ])('is read: %s', (text, matchExpressions) => {
    expect(parseSelector(text)).toEqual({ selector: { matchLabels: {}, matchExpressions } });
  });

  it.each([
    ['', 'not a label selector: nothing between two commas'],
    ['app=web,', 'not a label selector: nothing between two commas'],
    ['app=a b', 'not a label selector: app=a b'],
    ['=web', 'not a label selector: =web'],
    ['app=web/x', 'not a label selector: app=web/x'],
    ['app in web', 'not a label selector: app in web'],
    ['app in (web, a b)', 'not a label selector: app in (web, a b)'],
    ['app in ((web))', 'not a label selector: app in ((web))'],
    ['app>3', 'not a label selector: app>3'],
    ['-app=web', 'not a label selector: -app=web'],
    ['app-=web', 'not a label selector: app-=web'],
    ['Example.com/app=web', 'not a label selector: Example.com/app=web'],
    ['/app=web', 'not a label selector: /app=web'],
    ['a/b/c=web', 'not a label selector: a/b/c=web'],
    ['!app=web', 'not a label selector: !app=web'],
    [`${'k'.repeat(64)}=v`, `not a label selector: ${'k'.repeat(64)}=v`],
    [`k=${'v'.repeat(64)}`, `not a label selector: k=${'v'.repeat(64)}`],
    ['x app=web', 'not a label selector: x app=web'],
    ['app=web x', 'not a label selector: app=web x'],
  ])('is refused: %s', (text, problem) => {
    expect(parseSelector(text)).toEqual({ problem });
  });

  it.each([
    ['app=web', true],
    ['app!=web', false],
    ['other!=web', true],
    ['app in (api, web)', true],
    ['app notin (api, web)', false],
    ['tier', false],
    ['!tier', true],
    ['app=web,tier', false],
  ])('%s takes a pod with app=web: %s', (text, takes) => {
    const parsed = parseSelector(text);
    expect('selector' in parsed && matchesSelector(parsed.selector, { app: 'web' })).toBe(takes);
  });
});
