import type { Tag } from './ec2-shapes.ts';

/** Where instances come from, as the describe calls of EC2 and Auto Scaling answer; user data is never among it. */
export interface LaunchTemplateVersion {
  LaunchTemplateId?: string;
  LaunchTemplateName?: string;
  VersionNumber?: number;
  DefaultVersion?: boolean;
  LaunchTemplateData?: {
    ImageId?: string;
    InstanceType?: string;
    SecurityGroupIds?: readonly string[];
    NetworkInterfaces?: readonly {
      DeviceIndex?: number;
      AssociatePublicIpAddress?: boolean;
      SubnetId?: string;
      Groups?: readonly string[];
    }[];
  };
}

export interface LaunchTemplateSpecification {
  LaunchTemplateId?: string;
  LaunchTemplateName?: string;
  /** A number, `$Latest` or `$Default`. */
  Version?: string;
}

export interface AutoScalingGroup {
  AutoScalingGroupName: string;
  AutoScalingGroupARN?: string;
  /** Subnet ids, with commas between them. */
  VPCZoneIdentifier?: string;
  AvailabilityZones?: readonly string[];
  MinSize?: number;
  MaxSize?: number;
  DesiredCapacity?: number;
  Instances?: readonly {
    InstanceId?: string;
    InstanceType?: string;
    AvailabilityZone?: string;
    LifecycleState?: string;
  }[];
  LaunchConfigurationName?: string;
  LaunchTemplate?: LaunchTemplateSpecification;
  MixedInstancesPolicy?: {
    LaunchTemplate?: {
      LaunchTemplateSpecification?: LaunchTemplateSpecification;
      Overrides?: readonly { InstanceType?: string; LaunchTemplateSpecification?: LaunchTemplateSpecification }[];
    };
  };
  Tags?: readonly (Tag & { PropagateAtLaunch?: boolean })[];
}

export interface InstanceTypeInfo {
  InstanceType: string;
  BareMetal?: boolean;
  /** `nitro` or `xen`. */
  Hypervisor?: string;
  VCpuInfo?: { DefaultVCpus?: number };
  NetworkInfo?: {
    Ipv6Supported?: boolean;
    MaximumNetworkInterfaces?: number;
    Ipv4AddressesPerInterface?: number;
    DefaultNetworkCardIndex?: number;
    NetworkCards?: readonly { NetworkCardIndex?: number; MaximumNetworkInterfaces?: number }[];
  };
}
