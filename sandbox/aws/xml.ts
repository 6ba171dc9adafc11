import { XmlNode, XmlText } from '@aws-sdk/xml-builder';
import type { WireAnswer } from './wire.ts';

export type XmlValue = string | number | boolean | undefined | XmlValue[] | { [name: string]: XmlValue };

/** Undefined values are left out; the members of a list become elements called `item`. */
export function xmlAnswer(
  status: number,
  root: string,
  value: XmlValue,
  { item = 'member', namespace }: { item?: string; namespace?: string } = {},
): WireAnswer {
  const node = element(root, value, item);
  if (namespace) node.addAttribute('xmlns', namespace);
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${node}` };
}

function element(name: string, value: XmlValue, item: string): XmlNode {
  const node = new XmlNode(name);
  if (typeof value !== 'object') return value === undefined ? node : node.addChildNode(new XmlText(String(value)));
  const children = Array.isArray(value) ? value.map((each) => [item, each] as const) : Object.entries(value);
  for (const [childName, child] of children) {
    if (child !== undefined) node.addChildNode(element(childName, child, item));
  }
  return node;
}
