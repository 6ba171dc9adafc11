/** What `kubectl get … -o json` prints, as far as it is looked at; a list that is absent was not read. */
export interface ClusterObjects {
  deployments?: ObjectList<PodController>;
  daemonsets?: ObjectList<PodController>;
  services?: ObjectList<Service>;
  ingresses?: ObjectList<Ingress>;
  ingressclasses?: ObjectList<IngressClass>;
  ingressclassparams?: ObjectList<IngressClassParams>;
  eniconfigs?: ObjectList<EniConfig>;
  nodes?: ObjectList<Node>;
}

export interface ObjectList<T> {
  items: readonly T[];
}

export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
}

export interface PodController {
  metadata: Metadata;
  spec?: {
    replicas?: number;
    template?: { spec?: { containers?: readonly Container[]; initContainers?: readonly Container[] } };
  };
}

export interface Container {
  name: string;
  image?: string;
  command?: readonly string[];
  args?: readonly string[];
  /** A value that is drawn from elsewhere is absent. */
  env?: readonly { name: string; value?: string }[];
}

export interface Service {
  metadata: Metadata;
  spec?: { type?: string; loadBalancerClass?: string };
}

export interface Ingress {
  metadata: Metadata;
  spec?: { ingressClassName?: string };
}

export interface IngressClass {
  metadata: Metadata;
  spec?: { controller?: string; parameters?: { kind?: string; name?: string } };
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/ */
export interface IngressClassParams {
  metadata: Metadata;
  spec?: {
    scheme?: string;
    ipAddressType?: string;
    subnets?: { ids?: readonly string[]; tags?: Readonly<Record<string, readonly string[]>> };
  };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html */
export interface EniConfig {
  metadata: Metadata;
  spec?: { subnet?: string; securityGroups?: readonly string[] };
}

export interface Node {
  metadata: Metadata;
  spec?: { providerID?: string };
  status?: { capacity?: Readonly<Record<string, string>>; allocatable?: Readonly<Record<string, string>> };
}
