// SPDX-License-Identifier: Apache-2.0
// Colours are variables of the style sheet, so that light, dark and print need no other picture.
export const ACCENT = 'var(--accent)';
export const MUTED = 'var(--muted)';
export const FAINT = 'var(--faint)';
export const SERIES = Array.from({ length: 8 }, (_, i) => `var(--series-${i})`);
export const REST = 'var(--rest)';

/** The colour of each of some series: the first have their own, the others share one. */
export const seriesScale = (names: string[]) => ({
  domain: names,
  range: names.map((_, i) => SERIES[i] ?? REST),
});
