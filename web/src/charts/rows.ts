// SPDX-License-Identifier: Apache-2.0
// Rows with their label above them, so that long names have room on a phone.
import * as Plot from '@observablehq/plot';

export const LABEL_HEIGHT = 18;

/** The facets of the rows; `height` is that of what stands below a label. */
export const rowFacets = (names: string[], height: number, marginTop = 0) => ({
  fy: { domain: names, axis: null, padding: 0 } as Plot.ScaleOptions,
  height: names.length * (LABEL_HEIGHT + height) + marginTop + 30,
});

export const rowLabels = (names: string[], label: (name: string) => string) =>
  Plot.text(names, {
    fy: (name: string) => name,
    text: (name: string) => label(name),
    frameAnchor: 'top-left',
    dy: 3,
    fontWeight: 500,
  });
