// SPDX-License-Identifier: Apache-2.0
// The structure of a certificate for those who hear it read or copy from it: headings, paragraphs and figures in the order
// of reading. Lines, frames and page numbers are artifacts (ISO 32000-1, 14.8).

export type Tag = 'H1' | 'H2' | 'P';

export interface Tags {
  /** All texts that `draw` sets belong to one element. */
  tagged(tag: Tag, draw: () => void): void;
  /** Marks what `draw` sets as content of the open element, or as a paragraph where none is open. */
  content<Result>(draw: () => Result): Result;
  /** A picture, with the words that stand for it. */
  figure(alt: string, draw: () => void): void;
  /** What carries no content. */
  artifact(draw: () => void, type?: 'Layout' | 'Pagination'): void;
}

export function createTags(doc: PDFKit.PDFDocument): Tags {
  const root = doc.struct('Document');
  doc.addStructure(root);
  let open: { tag: string; element: PDFKit.PDFStructureElement } | undefined;
  let isArtifact = false;

  function within(tag: string, element: PDFKit.PDFStructureElement, draw: () => void): void {
    open = { tag, element };
    root.add(element);
    draw();
    element.end();
    open = undefined;
  }

  function content<Result>(draw: () => Result): Result {
    if (isArtifact) return draw();
    const { tag, element } = open ?? { tag: 'P', element: doc.struct('P') };
    if (!open) root.add(element);
    const marked = doc.markStructureContent(tag);
    const result = draw();
    doc.endMarkedContent();
    element.add(marked);
    if (!open) element.end();
    return result;
  }

  return {
    content,
    tagged: (tag, draw) => within(tag, doc.struct(tag), draw),
    figure: (alt, draw) => within('Figure', doc.struct('Figure', { alt }), () => content(draw)),
    artifact(draw, type = 'Layout') {
      if (isArtifact) return draw();
      isArtifact = true;
      doc.markContent('Artifact', { type });
      draw();
      doc.endMarkedContent();
      isArtifact = false;
    },
  };
}
