import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';

const stack = new Stack(new App(), 'shop', { env: { account: '111122223333', region: 'eu-west-1' } });
const group = new logs.LogGroup(stack, 'Logs', { logGroupName: '/shop/web', removalPolicy: RemovalPolicy.DESTROY });
const task = new ecs.FargateTaskDefinition(stack, 'Web', { cpu: 256, memoryLimitMiB: 1024 });

task.addContainer('web', {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27'),
  // The mistake: CloudWatch takes no stream whose name has a colon.
  logging: ecs.LogDrivers.firelens({
    options: { Name: 'cloudwatch_logs', region: 'eu-west-1', log_group_name: group.logGroupName, log_stream_prefix: 'web:' },
  }),
});
