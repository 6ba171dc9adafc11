import { AlarmStatusWidget, Dashboard, PeriodOverride, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { fullWidth, headingOf, type Section } from '../observability/section.ts';
import { drainSection } from '../observability/section-drains.ts';
import { intakeSection } from '../observability/section-intake.ts';
import { launchSection } from '../observability/section-launches.ts';
import { placeSection } from '../observability/section-place.ts';
import { troubleSection } from '../observability/section-trouble.ts';
import type { Alarms } from './alarms.ts';
import type { NodeLifecycle } from './node-lifecycle.ts';

export interface NodeDashboardProps {
  lifecycle: NodeLifecycle;
  alarms: Alarms;
  /** Of what else the stack has. */
  more?: readonly Section[];
}

/** Everything to look at, from what needs somebody to what it runs on. */
export class NodeDashboard extends Construct {
  /** Of the account, not of the region: dashboards have no other place. */
  readonly name = `${Aws.STACK_NAME}-${Aws.REGION}`;

  constructor(scope: Construct, id: string, { lifecycle, alarms, more = [] }: NodeDashboardProps) {
    super(scope, id);
    const { intake, places } = lifecycle;
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: this.name,
      defaultInterval: Duration.days(1),
      periodOverride: PeriodOverride.AUTO,
    });
    dashboard.addWidgets(
      new TextWidget({
        markdown:
          `# ${Aws.STACK_NAME}\nDrains and launches of EKS nodes. What an alarm means and what to do: its description, and docs/operations.md. ` +
          `Saved queries: Logs Insights, folder \`${Aws.STACK_NAME}\`. By cluster: what has happened in the last two weeks.`,
        width: fullWidth,
        height: 3,
      }),
    );
    for (const { title, alarms: shown } of alarms.groups) {
      const height = 2 + Math.ceil(shown.length / 6);
      dashboard.addWidgets(new AlarmStatusWidget({ title, alarms: [...shown], width: fullWidth, height }));
    }
    const sections = [
      drainSection(),
      launchSection(),
      troubleSection(),
      ...more,
      intakeSection(intake),
      ...places.map(placeSection),
    ];
    for (const section of sections) {
      dashboard.addWidgets(headingOf(section));
      for (const row of section.rows) dashboard.addWidgets(...row);
    }
  }
}
