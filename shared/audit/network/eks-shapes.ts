/** What EKS answers. https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html */
export interface Cluster {
  name: string;
  arn?: string;
  version?: string;
  status?: string;
  resourcesVpcConfig?: {
    vpcId?: string;
    subnetIds?: readonly string[];
    securityGroupIds?: readonly string[];
    clusterSecurityGroupId?: string;
    endpointPublicAccess?: boolean;
    endpointPrivateAccess?: boolean;
    publicAccessCidrs?: readonly string[];
  };
  kubernetesNetworkConfig?: {
    ipFamily?: string;
    serviceIpv4Cidr?: string;
    serviceIpv6Cidr?: string;
    /** On: EKS Auto Mode makes the load balancers. */
    elasticLoadBalancing?: { enabled?: boolean };
  };
  computeConfig?: { enabled?: boolean };
  /** Of a local cluster: its control plane is on an Outpost. */
  outpostConfig?: { outpostArns?: readonly string[] };
  health?: { issues?: readonly ClusterIssue[] };
  tags?: Readonly<Record<string, string>>;
}

export interface ClusterIssue {
  code?: string;
  message?: string;
  resourceIds?: readonly string[];
}

export interface Nodegroup {
  nodegroupName: string;
  nodegroupArn?: string;
  clusterName: string;
  status?: string;
  subnets?: readonly string[];
  instanceTypes?: readonly string[];
  amiType?: string;
  launchTemplate?: { id?: string; name?: string; version?: string };
  scalingConfig?: { minSize?: number; maxSize?: number; desiredSize?: number };
  updateConfig?: { maxUnavailable?: number; maxUnavailablePercentage?: number };
  resources?: { autoScalingGroups?: readonly { name?: string }[] };
  health?: { issues?: readonly ClusterIssue[] };
}

export interface FargateProfile {
  fargateProfileName: string;
  fargateProfileArn?: string;
  clusterName: string;
  subnets?: readonly string[];
  status?: string;
}

export interface Addon {
  addonName: string;
  clusterName: string;
  addonVersion?: string;
  status?: string;
  /** JSON or YAML, as it was given. */
  configurationValues?: string;
}
