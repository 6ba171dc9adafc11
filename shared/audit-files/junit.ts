import { DOMImplementation, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import type { AuditReport } from '../audit/audit-report.ts';
import type { CheckInfo } from '../audit/finding.ts';
import { isPlain, oneLine, shortResource } from '../audit/render/plain-text.ts';
import type { AuditResult } from '../audit/result.ts';

/** What XML 1.0 cannot hold. https://www.w3.org/TR/xml/#charsets */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * The report as JUnit's XML, for what shows test results: a suite a check and a case a resource. FAIL is a failure, UNKNOWN an error, what does
 * not apply or is waived is skipped; a WARN passes, and says so in the case's output.
 */
export function renderJunit({ run, checks, results }: AuditReport): string {
  const document = new DOMImplementation().createDocument(null, 'testsuites', null);
  const suites = document.documentElement as Element;
  attribute(suites, { name: `${run.audit} ${run.account} ${run.region}`, ...tally(results) });
  const byCheck = Map.groupBy(results, ({ id }) => id);
  const known = new Map(checks.map((check) => [check.id, check]));
  for (const id of new Set([...known.keys(), ...byCheck.keys()])) {
    suites.appendChild(suite(document, known.get(id) ?? { id, title: '' }, byCheck.get(id) ?? [], run.startedAt));
    suites.appendChild(document.createTextNode('\n'));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

function suite(
  document: Document,
  { id, title }: Pick<CheckInfo, 'id' | 'title'>,
  results: readonly AuditResult[],
  timestamp: string,
): Element {
  const made = element(document, 'testsuite', {
    name: `${id} ${title}`.trim(),
    timestamp,
    time: '0',
    ...tally(results),
  });
  for (const result of results) {
    made.appendChild(document.createTextNode('\n'));
    made.appendChild(testCase(document, result));
  }
  return made;
}

function testCase(document: Document, result: AuditResult): Element {
  const { id, status, severity, cluster, resource, matter, reason, waived } = result;
  const name = [shortResource(resource), ...(matter === undefined ? [] : [matter])].join(' ');
  const made = element(document, 'testcase', { classname: cluster === '' ? id : `${id}.${cluster}`, name, time: '0' });
  const add = (tag: string, message: string, body = '') => {
    const child = element(document, tag, tag === 'skipped' ? { message } : { type: `${status} ${severity}`, message });
    child.appendChild(document.createTextNode(clean(body)));
    made.appendChild(child);
  };
  if (waived) add('skipped', `${reason} (waived by ${waived.by} until ${waived.expires}: ${waived.reason})`);
  else if (status === 'NOT_APPLICABLE') add('skipped', reason);
  else if (status === 'FAIL') add('failure', reason, details(result));
  else if (status === 'UNKNOWN') add('error', reason, details(result));
  else if (status === 'WARN') {
    const output = element(document, 'system-out', {});
    output.appendChild(document.createTextNode(clean(`WARN ${severity}: ${reason}\n${details(result)}`)));
    made.appendChild(output);
  }
  return made;
}

function details({ resource, evidence, remediation, fingerprint }: AuditResult): string {
  const command = remediation?.command;
  return [
    oneLine(resource),
    ...(command !== undefined && isPlain(command) ? [command] : []),
    ...(remediation?.docs === undefined ? [] : [remediation.docs]),
    JSON.stringify(evidence),
    fingerprint,
  ].join('\n');
}

function tally(results: readonly AuditResult[]) {
  const count = (status: string) => String(results.filter((each) => each.status === status && !each.waived).length);
  const skipped = results.filter(({ status, waived }) => status === 'NOT_APPLICABLE' || waived).length;
  return { tests: String(results.length), failures: count('FAIL'), errors: count('UNKNOWN'), skipped: String(skipped) };
}

function element(document: Document, name: string, attributes: Readonly<Record<string, string>>): Element {
  const made = document.createElement(name);
  attribute(made, attributes);
  return made;
}

function attribute(to: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) to.setAttribute(name, clean(value));
}

function clean(text: string): string {
  return text.toWellFormed().replace(impossible, '\ufffd');
}
