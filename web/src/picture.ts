// SPDX-License-Identifier: Apache-2.0
// A picture with its caption, and the table behind it. It is drawn to the width that it has.
import * as Plot from '@observablehq/plot';
import { element, table, type Table } from './dom';

export interface Picture {
  title: string;
  /** One or two sentences: what is to be seen. */
  text: string;
  draw: (width: number) => Plot.PlotOptions;
  table: Table;
}

const STYLE = { fontSize: '12px', fontFamily: 'inherit', background: 'none', overflow: 'visible' };
const PRINTED_WIDTH = 660;

type Redraw = (width: number) => void;
const redraws = new Map<Element, Redraw>();

const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) if (contentRect.width > 0) redraws.get(target)?.(contentRect.width);
});

addEventListener('beforeprint', () => redraws.forEach((redraw) => redraw(PRINTED_WIDTH)));
addEventListener('afterprint', () => redraws.forEach((redraw, canvas) => redraw(canvas.clientWidth)));

/** Draws when its place is first laid out and whenever its width changes. */
function canvasFor(picture: Picture): HTMLElement {
  const canvas = element('div', { class: 'canvas' });
  let drawn = 0;
  const redraw: Redraw = (width) => {
    const rounded = Math.floor(width);
    if (rounded === drawn) return;
    drawn = rounded;
    const plot = Plot.plot({
      style: STYLE,
      ariaLabel: picture.title,
      ariaDescription: picture.text,
      ...picture.draw(rounded),
      width: rounded,
    });
    const svg = plot.matches('svg') ? plot : plot.querySelector(':scope > svg');
    svg?.setAttribute('role', 'img');
    canvas.replaceChildren(plot);
  };
  redraws.set(canvas, redraw);
  observer.observe(canvas);
  return canvas;
}

export function figure(picture: Picture, wide = false): HTMLElement {
  return element(
    'figure',
    { class: wide ? 'card wide' : 'card' },
    element('figcaption', {}, element('h3', {}, picture.title), element('p', {}, picture.text)),
    canvasFor(picture),
    element('details', {}, element('summary', {}, 'Table'), table(picture.table, picture.title)),
  );
}
