// SPDX-License-Identifier: Apache-2.0
import * as Plot from '@observablehq/plot';
import type { Statistics } from '../data';
import { count, decimal, percent } from '../format';
import type { Picture } from '../picture';
import { seriesScale } from './colours';

export function variety(data: Statistics): Picture {
  const texts = Object.entries(data.text).filter(([, text]) => text.texts > 0);
  const names = texts.map(([name]) => name);
  const points = texts.flatMap(([name, text]) => text.distinct_ngrams.map((share, i) => ({ name, words: i + 1, share })));
  return {
    title: 'Variety of the text',
    text: 'How many runs of one to four words are distinct, over the first million words; all numbers count as the same word.',
    draw: () => ({
      height: 260,
      marginTop: 30,
      marginLeft: 44,
      marginBottom: 44,
      marginRight: 16,
      x: { domain: [1, 2, 3, 4], type: 'point', label: 'words →', labelOffset: 36, tickSize: 0 },
      y: { domain: [0, 100], percent: true, grid: true, label: '↑ % distinct', ticks: 5 },
      color: { ...seriesScale(names), legend: true },
      marks: [
        Plot.ruleY([0]),
        Plot.line(points, { x: 'words', y: 'share', stroke: 'name', strokeWidth: 2 }),
        Plot.dot(points, { x: 'words', y: 'share', fill: 'name', r: 3.5 }),
      ],
    }),
    table: {
      columns: ['Text of', 'Texts', 'Words', 'gzip', '1-gram', '2-gram', '3-gram', '4-gram', 'Repeated', 'But for numbers'],
      rows: texts.map(([name, text]) => [
        name,
        count(text.texts),
        count(text.words),
        `${decimal(text.compression)} ×`,
        ...text.distinct_ngrams.map(percent),
        percent(text.repeated),
        percent(text.repeated_but_for_numbers),
      ]),
    },
  };
}
