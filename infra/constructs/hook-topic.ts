import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { keyAdministration } from '../policies/key-administration.ts';

/**
 * Where lifecycle hooks tell of their instances. Auto Scaling publishes as a role that it assumes for groups of this account: that role may
 * publish and use the key, and nobody else may, whatever else they are allowed.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html
 */
export class HookTopic extends Construct {
  readonly topic: Topic;
  /** The `RoleARN` of a hook. */
  readonly role: Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Auto Scaling tells eks-node-lifecycle of the instances that a lifecycle hook pauses',
      // Not for a group of another account: https://docs.aws.amazon.com/autoscaling/ec2/userguide/cross-service-confused-deputy-prevention.html
      assumedBy: new ServicePrincipal('autoscaling.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const key = new Key(this, 'Key', {
      description: 'Lifecycle events on their way to eks-node-lifecycle',
      enableKeyRotation: true,
      // Nothing lies encrypted with it for longer than SNS retries.
      removalPolicy: RemovalPolicy.DESTROY,
      policy: new PolicyDocument({ statements: [keyAdministration(), this.mayUseKey()] }),
    });
    this.topic = new Topic(this, 'Topic', { masterKey: key });
    const policy = new TopicPolicy(this, 'TopicPolicy', { topics: [this.topic], enforceSSL: true });
    policy.document.addStatements(
      new PolicyStatement({
        sid: 'HooksPublish',
        principals: [this.role],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
      // Within an account a right of one's own is enough; only a refusal outranks it.
      new PolicyStatement({
        sid: 'NobodyElsePublishes',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': this.role.roleArn } },
      }),
    );
    for (const statement of [this.mayPublish(), this.mayUseKey(key.keyArn)]) this.role.addToPrincipalPolicy(statement);
  }

  private mayPublish(): PolicyStatement {
    return new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] });
  }

  /** In a key's own policy the resource is the key, and the principal is named. */
  private mayUseKey(keyArn?: string): PolicyStatement {
    return new PolicyStatement({
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      ...(keyArn === undefined ? { principals: [this.role], resources: ['*'] } : { resources: [keyArn] }),
    });
  }
}
