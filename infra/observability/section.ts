import {
  GraphWidget,
  type GraphWidgetProps,
  type IMetric,
  type IWidget,
  TextWidget,
  TextWidgetBackground,
} from 'aws-cdk-lib/aws-cloudwatch';
import { period } from './own-metrics.ts';

/** A heading of the dashboard with rows of widgets under it. */
export interface Section {
  title: string;
  /** One sentence: what to look for. */
  says: string;
  rows: readonly (readonly IWidget[])[];
}

/** Of what should not be. */
export const red = '#d62728';

/** The width of a dashboard: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export const fullWidth = 24;

export function headingOf({ title, says }: Section): TextWidget {
  return new TextWidget({
    markdown: `## ${title}\n${says}`,
    width: fullWidth,
    height: 2,
    background: TextWidgetBackground.TRANSPARENT,
  });
}

export interface GraphOptions extends GraphWidgetProps {
  /** Of how many in its row. */
  of: number;
}

/** One of so many graphs that share a row. */
export function graph(title: string, left: readonly IMetric[], { of, ...props }: GraphOptions): GraphWidget {
  return new GraphWidget({
    title,
    left: [...left],
    width: fullWidth / of,
    height: 6,
    period,
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
    ...props,
  });
}
