// SPDX-License-Identifier: Apache-2.0
import * as Plot from '@observablehq/plot';
import type { Statistics, Trivial } from '../data';
import { count, percent, range, share, words } from '../format';
import type { Picture } from '../picture';
import { ACCENT, MUTED, REST } from './colours';
import { LABEL_HEIGHT, rowFacets, rowLabels } from './rows';

export function categories(data: Statistics): Picture {
  const { categories, count: all, zero_answers: zeros } = data.questions;
  const names = categories.map((category) => category.name);
  const parts = categories.flatMap((category) => [
    { name: category.name, kind: 'answer is not zero', questions: category.questions - category.zero_answers },
    { name: category.name, kind: 'answer is zero', questions: category.zero_answers },
  ]);
  return {
    title: 'Questions by category',
    text: `${count(all)} questions with ${count(data.questions.distinct_answers)} distinct answers; ${share(zeros, all)} have the answer zero.`,
    draw: (width) => ({
      ...rowFacets(names, 14),
      marginLeft: 0,
      marginRight: 48,
      marginTop: 0,
      marginBottom: 0,
      x: { axis: null },
      color: { domain: ['answer is not zero', 'answer is zero'], range: [ACCENT, REST], legend: true },
      marks: [
        rowLabels(names, width, words),
        Plot.barX(parts, {
          fy: 'name',
          x: 'questions',
          fill: 'kind',
          order: ['answer is not zero', 'answer is zero'],
          insetTop: LABEL_HEIGHT,
          insetBottom: 3,
        }),
        Plot.text(categories, {
          fy: 'name',
          x: 'questions',
          text: (category) => count(category.questions),
          textAnchor: 'start',
          dx: 6,
          dy: (LABEL_HEIGHT - 3) / 2,
          fill: MUTED,
        }),
      ],
    }),
    table: {
      columns: ['Category', 'Questions', 'Distinct answers', 'Zero', 'Most frequent answer', 'Has it'],
      rows: categories.map((category) => [
        category.name,
        count(category.questions),
        count(category.distinct_answers),
        share(category.zero_answers, category.questions),
        category.commonest_answer,
        count(category.commonest),
      ]),
    },
  };
}

export function distances(data: Statistics): Picture {
  const { distance_bins: bins, distance, without } = data.questions.evidence;
  const all = distance.count + without;
  const bars = bins.map((bin) => ({ ...bin, label: range(bin.from, bin.to) }));
  return {
    title: 'How far back the evidence lies',
    text: `Sessions between a question and the nearest one that its answer rests on: half are at most ${count(distance.median ?? 0)}, the most is ${count(distance.max ?? 0)}. ${share(without, all)} rest on no transaction.`,
    draw: () => ({
      height: 260,
      marginTop: 30,
      marginLeft: 44,
      marginBottom: 44,
      x: { domain: bars.map((bar) => bar.label), label: 'sessions back →', labelOffset: 36, tickSize: 0 },
      y: { grid: true, label: '↑ questions', ticks: 5, tickFormat: 's' },
      marks: [
        Plot.barY(bars, {
          x: 'label',
          y: 'count',
          fill: ACCENT,
          title: (bar) => `${bar.label} sessions back: ${count(bar.count)} (${share(bar.count, all)})`,
          tip: true,
        }),
        Plot.ruleY([0]),
      ],
    }),
    table: {
      columns: ['Sessions back', 'Questions', 'Share'],
      rows: [
        ...bars.map((bar) => [bar.label, count(bar.count), share(bar.count, all)]),
        ['rests on no transaction', count(without), share(without, all)],
      ],
    },
  };
}

export function trivialAnswers(data: Statistics): Picture {
  const names = data.trivial.map((answerer) => answerer.name);
  const byName = new Map(data.trivial.map((answerer) => [answerer.name, answerer]));
  const best = byName.get('best');
  return {
    title: 'What trivial answers would score',
    text: `Without understanding anything, ${percent(best?.accuracy ?? 0)} of the questions can be answered: a memory is worth what it scores above that.`,
    draw: (width) => ({
      ...rowFacets(names, 14),
      marginLeft: 0,
      marginRight: 56,
      marginTop: 0,
      marginBottom: 0,
      x: { axis: null, domain: [0, Math.max(0.2, best?.accuracy ?? 0)] },
      marks: [
        rowLabels(names, width, (name) => byName.get(name)?.answers ?? name),
        Plot.barX(data.trivial, {
          fy: 'name',
          x: 'accuracy',
          fill: (answerer: Trivial) => (answerer.name === 'best' ? ACCENT : REST),
          insetTop: LABEL_HEIGHT,
          insetBottom: 3,
        }),
        Plot.text(data.trivial, {
          fy: 'name',
          x: 'accuracy',
          text: (answerer: Trivial) => percent(answerer.accuracy),
          textAnchor: 'start',
          dx: 6,
          dy: (LABEL_HEIGHT - 3) / 2,
          fill: MUTED,
        }),
      ],
    }),
    table: {
      columns: ['Category', ...data.trivial.map((answerer) => answerer.name)],
      rows: [
        ...data.questions.categories.map((category) => [
          category.name,
          ...data.trivial.map((answerer) => share(answerer.correct_by_category[category.name] ?? 0, category.questions)),
        ]),
        ['all', ...data.trivial.map((answerer) => percent(answerer.accuracy))],
      ],
    },
  };
}
