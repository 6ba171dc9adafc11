import { defineQuery } from '../query.ts';
import { joined } from '../row-values.ts';

export const q21 = defineQuery({
  id: 'Q21',
  name: 'access-entry-changes',
  title: 'Changes of access entries and pod identities',
  answers:
    'Who let which IAM principal into which cluster with which policy: the audit log of Kubernetes does not know.',
  streams: ['cloudtrail'],
  parameters: [],
  template: String.raw`
fields @timestamp, eventName, userIdentity.arn as who, sourceIPAddress as ip, errorCode, requestParameters.name as cluster, requestParameters.principalArn as principal, requestParameters.policyArn as policy
| filter eventSource = "eks.amazonaws.com"
| filter eventName in ["CreateAccessEntry", "UpdateAccessEntry", "DeleteAccessEntry", "AssociateAccessPolicy", "DisassociateAccessPolicy", "UpdateClusterConfig", "CreatePodIdentityAssociation", "UpdatePodIdentityAssociation", "DeletePodIdentityAssociation"]
| sort @timestamp desc
| limit 100000
`,
  reading:
    'Newest first, from the log group of a CloudTrail trail, not that of the cluster. An `errorCode`: it was refused. `UpdateClusterConfig` also changes the authentication mode, and switches logs off.',
  severity: {
    when: 'critical: the policy of cluster administrators was associated; medium: any other change that went through; low: one that was refused',
    of: ({ errorCode, eventName, policy = '' }) => {
      if (errorCode) return 'low';
      const isAdmin = policy.endsWith('/AmazonEKSClusterAdminPolicy');
      return isAdmin && eventName === 'AssociateAccessPolicy' ? 'critical' : 'medium';
    },
  },
  finding: {
    resource: (row) => joined(row, '/', 'cluster', 'principal'),
    matter: (row) => `${joined(row, ' ', 'eventName', 'policy')} by ${joined(row, ' ', 'who')}`,
    seen: '@timestamp',
  },
  mergeable: true,
});
