// SPDX-License-Identifier: Apache-2.0
// Numbers and names as the page shows them.

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (value: number) => whole.format(value);
export const decimal = (value: number) => tenths.format(value);
export const money = (value: number) => cents.format(value);
export const percent = (share: number) => `${tenths.format(100 * share)} %`;
export const share = (part: number, all: number) => (all === 0 ? '–' : percent(part / all));

/** "1 record", "2 records": of a noun whose plural takes an s. */
export const counted = (value: number, noun: string) => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A category as words: time_range_scene_amount. */
export const words = (name: string) => name.replaceAll('_', ' ');

/** Whole numbers from `from` to below `to`: "3", "4–7". */
export const range = (from: number, to: number) => (to <= from + 1 ? `${from}` : `${from}–${to - 1}`);

/** The last part of a path. */
export const baseName = (path: string) => path.split('/').pop() || path;
