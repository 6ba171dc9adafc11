import { expect, test } from 'vitest';
import { nameCluster } from '../../../shared/lifecycle/name-cluster.ts';

type Input = Parameters<typeof nameCluster>[0];
const group = (input: Partial<Input> = {}): Input => ({
  groupName: 'example-asg',
  metadata: undefined,
  tags: {},
  setting: undefined,
  ...input,
});
const owned = { 'kubernetes.io/cluster/tagged': 'owned' };
const metadata = '{"cluster":"named"}';

test.each<[string, Partial<Input>, string, string]>([
  ['NotificationMetadata goes before all', { metadata, tags: owned, setting: 'set' }, 'named', 'metadata'],
  ['tags go before the setting', { tags: owned, setting: 'set' }, 'tagged', 'tags'],
  ['eks:cluster-name is a tag, too', { tags: { 'eks:cluster-name': 'tagged' } }, 'tagged', 'tags'],
  ['two tags of one name are one name', { tags: { ...owned, 'eks:cluster-name': 'tagged' } }, 'tagged', 'tags'],
  ['a tag without a name is none', { tags: { 'kubernetes.io/cluster/': 'owned' }, setting: 'set' }, 'set', 'setting'],
  [
    'other tags name no cluster, however long they are',
    { tags: { 'k8s.io/cluster-autoscaler/enabled': 'true' }, setting: 'set' },
    'set',
    'setting',
  ],
  ['the setting answers last', { tags: { Name: 'x' }, setting: 'set' }, 'set', 'setting'],
  ['metadata may begin with spaces', { metadata: `  ${metadata}` }, 'named', 'metadata'],
  ['metadata without a cluster says nothing', { metadata: '{"team":"a"}', tags: owned }, 'tagged', 'tags'],
  ['metadata with an empty cluster says nothing', { metadata: '{"cluster":""}', tags: owned }, 'tagged', 'tags'],
  ['metadata with a number for a cluster says nothing', { metadata: '{"cluster":7}', tags: owned }, 'tagged', 'tags'],
  [
    'metadata with a cluster that EKS would not name so says nothing',
    { metadata: '{"cluster":"two words"}', tags: owned },
    'tagged',
    'tags',
  ],
  [
    'metadata with a name that is too long says nothing',
    { metadata: `{"cluster":"${'a'.repeat(101)}"}`, setting: 'set' },
    'set',
    'setting',
  ],
  ['metadata that is cut off says nothing', { metadata: '{"cluster":"na', tags: owned }, 'tagged', 'tags'],
  ['metadata that is null says nothing', { metadata: 'null', tags: owned }, 'tagged', 'tags'],
  ['metadata that is a free string says nothing', { metadata: 'cluster named', tags: owned }, 'tagged', 'tags'],
])('%s', (_case, input, name, from) => {
  expect(nameCluster(group(input))).toEqual({ name, from });
});

test('two names within one level are an error that names both', () => {
  const tags = { 'kubernetes.io/cluster/b': 'owned', 'eks:cluster-name': 'a' };
  expect(nameCluster(group({ tags, setting: 'set' }))).toEqual({
    problem: 'two-clusters',
    text: 'the tags of group example-asg name two clusters: a and b',
  });
});

test('no name at all is an error that says what to do', () => {
  expect(nameCluster(group())).toEqual({
    problem: 'no-cluster',
    text: 'nothing names the cluster of group example-asg: tag it kubernetes.io/cluster/<name>=owned',
  });
});
