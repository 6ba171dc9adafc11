import type { AuditReport } from '../../shared/audit/audit-report.ts';

export const auditFormats = ['table', 'json', 'sarif', 'junit', 'asff', 'markdown', 'html'] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** Where a table is shown. */
export interface TableLook {
  colours: boolean;
  width: number;
}

/** The report's text. Each format's code is loaded only when it is wanted. */
export async function renderReport(report: AuditReport, format: AuditFormat, look: TableLook): Promise<string> {
  switch (format) {
    case 'table':
      return (await import('../../shared/audit-files/terminal-table.ts')).renderTable(report, look);
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'sarif':
      return (await import('../../shared/audit/render/sarif.ts')).renderSarif(report);
    case 'junit':
      return (await import('../../shared/audit-files/junit.ts')).renderJunit(report);
    case 'asff': {
      const { asffBatches } = await import('../../shared/audit/render/asff.ts');
      return `${JSON.stringify(asffBatches(report).flat(), null, 2)}\n`;
    }
    case 'markdown':
      return (await import('../../shared/audit/render/markdown.ts')).renderMarkdown(report);
    case 'html':
      return (await import('../../shared/audit-page/render-audit-page.ts')).renderAuditPage(report);
  }
}
