/** A rule of cdk-nag that does not hold for some constructs, and why that is right. */
export interface Acknowledgement {
  rule: RegExp;
  construct: RegExp;
  reason: string;
}

const tick = /\/(Drain|Launch)\w*\/TickRole\/DefaultPolicy\/Resource$/;
const machine = /\/(Drain|Launch)\w*\/Machine\/Machine\/Role\/DefaultPolicy\/Resource$/;
const byHand = /\/Manual\w*\/FunctionRole\/DefaultPolicy\/Resource$/;
const requests = /\/Manual\w*\/Machine\/Machine\/Role\/DefaultPolicy\/Resource$/;
const logQueries = /\/Audits\/Log\/Machine\/Machine\/Role\/DefaultPolicy\/Resource$/;
const wildcard = (resource: string) => new RegExp(`^AwsSolutions-IAM5\\[Resource::${resource}\\]$`);

export const acknowledged: readonly Acknowledgement[] = [
  {
    rule: /^AwsSolutions-S1$/,
    construct: /\/Reports\/Resource$/,
    reason:
      'Who reads reports is in CloudTrail where an account wants that; a bucket of access logs would be one more to keep.',
  },
  {
    rule: /^AwsSolutions-SF1$/,
    construct: /\/Machine\/Machine\/Resource$/,
    reason: 'Each tick writes its own log; ALL would repeat every input of up to 48 hours of ticks. Errors are logged.',
  },
  {
    rule: /^AwsSolutions-SQS3$/,
    construct: /\/Failures\/Resource$/,
    reason: 'It is the dead-letter queue of SNS, EventBridge and Lambda, which the rule does not see.',
  },
  {
    rule: wildcard('\\*'),
    construct: new RegExp(
      `${tick.source}|${machine.source}|${byHand.source}|${requests.source}|${logQueries.source}|/(Intake|Audits/\\w+)/FunctionRole/DefaultPolicy/Resource$`,
    ),
    reason: 'Only actions for which IAM knows no resource: least-privilege.test.ts holds that.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:autoscaling:.*:autoScalingGroup:\\*:autoScalingGroupName/\\*'),
    construct: new RegExp(`${tick.source}|${machine.source}|${byHand.source}`),
    reason: 'Groups come and go without a deployment. A condition leaves out those of managed node groups.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:eks:.*:(cluster|access-entry)/\\*'),
    construct: new RegExp(`${tick.source}|${byHand.source}`),
    reason: 'One stack serves every cluster of the account, also one that is made tomorrow. It only describes them.',
  },
  {
    rule: wildcard('<LifecycleReports\\w+\\.Arn>/\\*'),
    construct: /\/Drain\w*\/TickRole\/DefaultPolicy\/Resource$/,
    reason: 'A report has the name of its drain.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:elasticloadbalancing:.*:(targetgroup|loadbalancer)/.*'),
    construct: /\/Drain\w*\/TickRole\/DefaultPolicy\/Resource$/,
    reason:
      'Which ones a node is in is known when it goes, and a condition leaves out what a controller tags as its own.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:(ec2:.*:instance|iam:.*:instance-profile)/\\*'),
    construct: /\/Launch\w*\/TickRole\/DefaultPolicy\/Resource$/,
    reason:
      'Instances to come. A condition leaves out those that Auto Scaling has not launched, and managed node groups.',
  },
  {
    rule: wildcard('<Lifecycle\\w+Tick\\w+\\.Arn>:\\*'),
    construct: machine,
    reason: 'Any version of the one function that the machine calls.',
  },
  {
    rule: wildcard('<Lifecycle\\w+Function\\w+\\.Arn>:\\*'),
    construct: requests,
    reason: 'Any version of the one function that the machine calls.',
  },
  {
    rule: wildcard(
      'arn:<AWS::Partition>:states:.*:execution:(<Lifecycle\\w+Machine\\w+\\.Name>|NodeLifecycle-Manual[\\w-]+):\\*',
    ),
    construct: new RegExp(`${byHand.source}|${requests.source}`),
    reason: 'Any execution of the machine of drains, and of the one that goes from node to node.',
  },
  {
    rule: wildcard('<LifecycleReports\\w+\\.Arn>/reports/\\*'),
    construct: byHand,
    reason: 'A report has the name of its drain.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:states:.*:execution:<Lifecycle\\w+Machine\\w+\\.Name>:\\*'),
    construct: /\/Intake\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'Any execution of the machines that it starts.',
  },
  {
    rule: wildcard('<LifecycleReports\\w+\\.Arn>/audits/cluster-audit/\\*'),
    construct: /\/Audits\/Cluster\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'A report has the name of the instant of its run.',
  },
  {
    rule: wildcard('<LifecycleReports\\w+\\.Arn>/audits/subnet-audit/<AWS::AccountId>/<AWS::Region>/\\*'),
    construct: /\/Audits\/Subnet\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'A report has the name of the instant of its run.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:eks:.*:(cluster|nodegroup|fargateprofile|addon)/\\*'),
    construct: /\/Audits\/Subnet\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'It looks at all clusters of the region, also one that is made tomorrow. It only describes them.',
  },
  {
    rule: wildcard('<LifecycleReports\\w+\\.Arn>/audits/audit-log/<AWS::AccountId>/<AWS::Region>/\\*'),
    construct: /\/Audits\/Log\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'A report has the name of the instant of its run, and what a run is at that of its execution.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:logs:.*:log-group:(/aws/eks/\\*/cluster:)?\\*'),
    construct: /\/Audits\/Log\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason:
      'Of clusters that the settings do not name it reads the logs of any; to find a log group by its beginning is asked of all.',
  },
  {
    rule: wildcard('arn:<AWS::Partition>:eks:.*:cluster/\\*'),
    construct: /\/Audits\/Log\/FunctionRole\/DefaultPolicy\/Resource$/,
    reason: 'It asks each cluster of the region which logs it writes, also one that is made tomorrow.',
  },
  {
    rule: wildcard('<AuditsLogFunction\\w+\\.Arn>:\\*'),
    construct: logQueries,
    reason: 'Any version of the one function that the machine calls.',
  },
  {
    rule: wildcard('<Audits(Cluster|Subnet)Function\\w+\\.Arn>:\\*'),
    construct: /\/SchedulerRoleForTarget-\w+\/DefaultPolicy\/Resource$/,
    reason: 'Any version of the one function that the schedule starts.',
  },
];
