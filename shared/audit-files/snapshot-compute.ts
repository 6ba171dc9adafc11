import * as z from 'zod';

const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();
const number = z.number().exactOptional();
const texts = z.array(z.string()).exactOptional();
const listOf = <T extends z.ZodType>(item: T) => z.array(item).exactOptional();

const specification = z.object({ LaunchTemplateId: text, LaunchTemplateName: text, Version: text }).exactOptional();

const launchTemplateVersion = z.object({
  ...{ LaunchTemplateId: text, LaunchTemplateName: text, VersionNumber: number, DefaultVersion: flag },
  LaunchTemplateData: z
    .object({
      ...{ ImageId: text, InstanceType: text, SecurityGroupIds: texts },
      NetworkInterfaces: listOf(
        z.object({ DeviceIndex: number, AssociatePublicIpAddress: flag, SubnetId: text, Groups: texts }),
      ),
    })
    .exactOptional(),
});

const group = z.object({
  ...{ AutoScalingGroupName: z.string(), AutoScalingGroupARN: text, VPCZoneIdentifier: text, AvailabilityZones: texts },
  ...{ MinSize: number, MaxSize: number, DesiredCapacity: number, LaunchConfigurationName: text },
  Instances: listOf(z.object({ InstanceId: text, InstanceType: text, AvailabilityZone: text, LifecycleState: text })),
  LaunchTemplate: specification,
  MixedInstancesPolicy: z
    .object({
      LaunchTemplate: z
        .object({
          LaunchTemplateSpecification: specification,
          Overrides: listOf(z.object({ InstanceType: text, LaunchTemplateSpecification: specification })),
        })
        .exactOptional(),
    })
    .exactOptional(),
  Tags: listOf(z.object({ Key: text, Value: text, PropagateAtLaunch: flag })),
});

const instanceType = z.object({
  ...{ InstanceType: z.string(), BareMetal: flag, Hypervisor: text },
  VCpuInfo: z.object({ DefaultVCpus: number }).exactOptional(),
  NetworkInfo: z
    .object({
      ...{ Ipv6Supported: flag, MaximumNetworkInterfaces: number, Ipv4AddressesPerInterface: number },
      DefaultNetworkCardIndex: number,
      NetworkCards: listOf(z.object({ NetworkCardIndex: number, MaximumNetworkInterfaces: number })),
    })
    .exactOptional(),
});

export const computeLists = {
  AutoScalingGroups: listOf(group),
  LaunchTemplateVersions: listOf(launchTemplateVersion),
  InstanceTypes: listOf(instanceType),
};
