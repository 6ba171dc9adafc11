import { describe, expect, test } from 'vitest';
import { inWords, synthesize } from '../synthesize.ts';
import { type Widget, widgetsOf } from './shown.ts';

const network = (name: string) => ({ name, vpcId: 'vpc-0aaaaaaaaaaaaaaaa', subnetIds: ['subnet-0aaaaaaaaaaaaaaaa'] });
const template = synthesize({
  networks: [network('blue')],
  clusters: [{ name: 'shop' }, { name: 'vault', network: 'blue' }],
  audits: { auditLog: { enabled: true } },
});
const widgets = widgetsOf(template);
const graphs = widgets.filter(({ type }) => type === 'metric');
const headings = widgets.flatMap(({ properties }) => properties.markdown ?? []);

describe('the dashboard', () => {
  test('is named for its stack and its region, since dashboards have none of their own', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(inWords(dashboard?.Properties.DashboardName)).toBe('<AWS::StackName>-<AWS::Region>');
    expect(graphs.map(({ properties }) => properties.region)).toEqual(graphs.map(() => '<AWS::Region>'));
    expect(inWords(template.findOutputs('DashboardName').DashboardName?.Value)).toBe('<AWS::StackName>-<AWS::Region>');
  });

  test('goes from what needs somebody to what it runs on, network by network, with the audits of clusters that are named', () => {
    expect(headings.map((text) => text.split('\n')[0])).toEqual([
      '# <AWS::StackName>',
      '## Drains',
      '## Launches',
      '## What stands in the way',
      '## Audits',
      '## Events',
      '## Machines',
      '## Machines in the network blue',
    ]);
    expect(headings.slice(-2).map((text) => text.split('\n')[1])).toEqual([
      'For shop, and those that the settings do not name.',
      'For vault.',
    ]);
  });

  test('shows every alarm, those of a network by themselves', () => {
    const shown = widgets.flatMap(({ type, properties }) => (type === 'alarm' ? [properties.alarms ?? []] : []));
    const ids = (type: string) => Object.keys(template.findResources(type));
    const all = [...ids('AWS::CloudWatch::Alarm'), ...ids('AWS::CloudWatch::CompositeAlarm')];
    expect(shown.map((alarms) => alarms.length)).toEqual([all.length - 11, 11]);
    expect(new Set(shown.flat()).size).toBe(all.length);
  });

  test('fills its width row by row, without a gap or an overlap', () => {
    const rows = Map.groupBy(widgets, ({ y }) => y);
    let next = 0;
    for (const [y, row] of rows) {
      expect(y).toBe(next);
      expect(new Set(row.map(({ height }) => height)).size, `row ${y}`).toBe(1);
      expect(row.map(({ x }) => x)).toEqual(
        row.map((_, index) => row.slice(0, index).reduce((sum, { width }) => sum + width, 0)),
      );
      expect(
        row.reduce((sum, { width }) => sum + width, 0),
        `row ${y}`,
      ).toBe(24);
      next = y + (row[0] as Widget).height;
    }
  });

  test('has a title on each graph, one of its own in its section, and a label on each line', () => {
    const titles = graphs.map(({ properties }) => properties.title);
    const shared = titles.filter((title, index) => titles.indexOf(title) !== index);
    // Machines are the same in each place.
    expect(new Set(shared.map((title) => title?.split(':')[0]))).toEqual(new Set(['Drains', 'Launches', 'Requests']));
    for (const { properties, width } of graphs) {
      expect(properties.title?.length, properties.title).toBeLessThanOrEqual(width * 6);
      const lines = (properties.metrics ?? []).map((entry) => entry.at(-1));
      for (const line of lines)
        expect(line, properties.title).toMatchObject(
          typeof line === 'object' && line.visible === false ? {} : { label: expect.stringMatching(/\S/) },
        );
    }
  });

  test('holds nothing that is tied to one partition, account or region', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(JSON.stringify(dashboard)).not.toMatch(/arn:aws|amazonaws|[a-z]{2}-[a-z]+-\d\b|\d{12}/);
  });
});
