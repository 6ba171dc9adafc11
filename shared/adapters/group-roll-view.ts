import type { AutoScalingGroup, Instance, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import type { GroupLaunches, LaunchSource, RollGroup, RollInstance } from '../roll/roll-ports.ts';
import { answered } from './answered.ts';

export function viewRollGroup(group: AutoScalingGroup): RollGroup {
  const reuses = group.WarmPoolConfiguration?.InstanceReusePolicy?.ReuseOnScaleIn ?? false;
  return {
    name: answered('AutoScalingGroupName', group.AutoScalingGroupName),
    tags: Object.fromEntries((group.Tags ?? []).map(({ Key, Value = '' }) => [answered('Key', Key), Value])),
    min: answered('MinSize', group.MinSize),
    max: answered('MaxSize', group.MaxSize),
    desired: answered('DesiredCapacity', group.DesiredCapacity),
    suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
    launches: launchesOf(group),
    ...(group.WarmPoolConfiguration && { warmPool: { size: group.WarmPoolSize ?? 0, reuses } }),
    instances: (group.Instances ?? []).map(viewInstance),
  };
}

function launchesOf({
  LaunchTemplate,
  LaunchConfigurationName,
  MixedInstancesPolicy,
}: AutoScalingGroup): GroupLaunches {
  const mixed = MixedInstancesPolicy?.LaunchTemplate;
  return {
    from: sourceOf(LaunchTemplate ?? mixed?.LaunchTemplateSpecification, LaunchConfigurationName),
    overrides: (mixed?.Overrides ?? []).map(({ InstanceType, LaunchTemplateSpecification }) => {
      const from = sourceOf(LaunchTemplateSpecification, undefined);
      return { ...(InstanceType && { type: InstanceType }), ...(from && { from }) };
    }),
  };
}

function viewInstance(instance: Instance): RollInstance {
  const { InstanceType, LaunchTemplate, LaunchConfigurationName } = instance;
  return {
    id: answered('InstanceId', instance.InstanceId),
    zone: instance.AvailabilityZone ?? '',
    ...(InstanceType && { type: InstanceType }),
    lifecycleState: instance.LifecycleState ?? '',
    healthy: instance.HealthStatus?.toUpperCase() !== 'UNHEALTHY',
    protectedFromScaleIn: instance.ProtectedFromScaleIn ?? false,
    from: sourceOf(LaunchTemplate, LaunchConfigurationName),
  };
}

/** Without a version it is the default one. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html */
function sourceOf(
  template: LaunchTemplateSpecification | undefined,
  configuration: string | undefined,
): LaunchSource | undefined {
  if (template?.LaunchTemplateId) {
    return { templateId: template.LaunchTemplateId, version: template.Version || '$Default' };
  }
  return configuration ? { configuration } : undefined;
}
