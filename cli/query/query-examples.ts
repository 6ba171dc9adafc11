export const showExamples = `
Exit code: 0 shown, 3 usage.

Examples:
  enl query show drain-timeline
  enl query show Q05 --text --namespace shop`;

export const runExamples = `
Which of the parameters (--node, --namespace, ...) a query has: enl query show NAME.
CloudWatch takes money by the bytes it reads: what it was is said at the end.
The log arrives there some minutes late.

Exit code: 0 all there is, 2 not all of it, or no event at all was read, 3 usage
or access, 130 interrupted (what runs in CloudWatch is stopped). What is not
there is said in the result, too: in JSON it is the list "missing".

IAM actions: logs:StartQuery, logs:GetQueryResults, logs:StopQuery,
logs:DescribeLogGroups, eks:DescribeCluster. A file needs no account.

Examples:
  enl query run drain-timeline --cluster prod --node ip-10-0-1-11.ec2.internal --since 2h
  enl query run eviction-refused --cluster prod --start 2026-03-01T08:00Z --end 2026-03-01T10:00Z
  enl query run exec --file audit.log audit-2026-03-01.log.gz -o csv --output-file exec.csv
  enl query run eviction-refused --file test/samples/audit.log
  enl query run access-entry-changes --log-group aws-cloudtrail-logs --since 7d
  enl query run --query-file mine.txt --cluster prod --max-bytes 10GB`;
