// SPDX-License-Identifier: Apache-2.0
// Rows with their label above them, so that long names have room on a phone.
import * as Plot from '@observablehq/plot';

export const LABEL_HEIGHT = 20;
const FONT_SIZE = 12;

/** The facets of the rows; `height` is that of what stands below a label, `axis` that of what stands below them all. */
export const rowFacets = (names: string[], height: number, axis = 0) => ({
  fy: { domain: names, axis: null, padding: 0 } as Plot.ScaleOptions,
  height: names.length * (LABEL_HEIGHT + height) + axis,
});

/** The labels, cut to the width of the picture. */
export const rowLabels = (names: string[], width: number, label = (name: string) => name) =>
  Plot.text(names, {
    fy: (name: string) => name,
    text: label,
    lineWidth: width / FONT_SIZE,
    textOverflow: 'ellipsis',
    frameAnchor: 'top-left',
    dy: 4,
    stroke: 'var(--card)',
    strokeWidth: 4,
    fill: 'currentColor',
    fontWeight: 500,
  });
