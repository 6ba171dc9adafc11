/** What the hooks that we install are called, by what they pause. */
export const hookNames: Readonly<Record<'terminate' | 'launch', string>> = {
  terminate: 'eks-node-lifecycle-terminate',
  launch: 'eks-node-lifecycle-launch',
};

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
export const hookTransitions: Readonly<Record<'terminate' | 'launch', string>> = {
  terminate: 'autoscaling:EC2_INSTANCE_TERMINATING',
  launch: 'autoscaling:EC2_INSTANCE_LAUNCHING',
};
