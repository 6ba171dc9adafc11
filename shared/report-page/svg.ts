import { type PlotOptions, plot } from '@observablehq/plot';
import { DOMImplementation, type Element, XMLSerializer } from '@xmldom/xmldom';

/**
 * A plot as markup that a page may hold: escaped by the serializer, and without the style element, which the page's policy would refuse.
 * `each` marks what was drawn, once for each element of each group of marks.
 */
export function drawSvg(options: PlotOptions, each?: (element: Element, group: string, index: number) => void): string {
  const document = new DOMImplementation().createDocument('http://www.w3.org/1999/xhtml', 'html', null);
  const drawn = plot({ ...options, document: document as never }) as unknown as Element;
  drawn.setAttribute('role', 'img');
  for (const group of childrenOf(drawn)) group.removeAttribute('aria-label');
  for (const style of [...drawn.getElementsByTagName('style')]) style.parentNode?.removeChild(style);
  if (each) {
    for (const group of childrenOf(drawn)) {
      childrenOf(group).forEach((element, i) => {
        each(element, group.getAttribute('class') ?? '', i);
      });
    }
  }
  return new XMLSerializer().serializeToString(drawn);
}

function childrenOf(element: Element): Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
}
