// SPDX-License-Identifier: Apache-2.0
import * as Plot from '@observablehq/plot';
import type { Statistics } from '../data';
import { count, money, share } from '../format';
import type { Picture } from '../picture';
import { ACCENT, MUTED, seriesScale, SERIES } from './colours';
import { rowFacets, rowLabels, LABEL_HEIGHT } from './rows';

const REST = 'all others';
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

/** The scenes that have a colour of their own, the largest first. */
function shownScenes(data: Statistics): string[] {
  const bySum = [...data.transactions.scenes].sort((a, b) => b.sum - a.sum).map((scene) => scene.name);
  return bySum.length <= SERIES.length ? bySum : [...bySum.slice(0, SERIES.length), REST];
}

export function spendingByMonth(data: Statistics): Picture {
  const scenes = shownScenes(data);
  const shown = new Set(scenes);
  const parts = data.transactions.by_month.map((part) => ({
    ...part,
    date: new Date(`${part.month}-01T00:00:00Z`),
    scene: shown.has(part.name) ? part.name : REST,
  }));
  const months = [...new Set(parts.map((part) => part.month))];
  const sumOf = (month: string, scene: string) =>
    parts.filter((part) => part.month === month && part.scene === scene).reduce((sum, part) => sum + part.sum, 0);
  return {
    title: 'Spending by month and scene',
    text: `Sums in yuan of ${count(data.transactions.count)} transactions over ${months.length} months.`,
    draw: (width) => ({
      height: Math.min(380, 240 + width / 8),
      marginTop: 30,
      marginLeft: 48,
      x: { type: 'utc', label: null },
      y: { grid: true, label: '↑ yuan', tickFormat: 's', nice: true, ticks: 6 },
      color: { ...seriesScale(scenes), legend: true },
      marks: [
        Plot.rectY(parts, {
          x: 'date',
          interval: 'month',
          y: 'sum',
          fill: 'scene',
          order: scenes,
          inset: 0.5,
          tip: { format: { x: '%B %Y', y: (value: number) => money(value) } },
        }),
        Plot.ruleY([0]),
      ],
    }),
    table: {
      columns: ['Month', ...scenes, 'All'],
      rows: months.map((month) => {
        const sums = scenes.map((scene) => sumOf(month, scene));
        return [month, ...sums.map(money), money(sums.reduce((a, b) => a + b, 0))];
      }),
    },
  };
}

export function scenes(data: Statistics): Picture {
  const sorted = [...data.transactions.scenes].sort((a, b) => b.transactions - a.transactions);
  const names = sorted.map((scene) => scene.name);
  const all = data.transactions.count;
  return {
    title: 'Transactions by scene',
    text: `${count(sorted.reduce((sum, scene) => sum + scene.subscenes.length, 0))} subscenes in ${names.length} scenes; the table has each.`,
    draw: (width) => ({
      ...rowFacets(names, 14),
      marginLeft: 0,
      marginRight: 96,
      marginTop: 0,
      marginBottom: 0,
      x: { axis: null },
      marks: [
        rowLabels(names, width),
        Plot.barX(sorted, { fy: 'name', x: 'transactions', fill: ACCENT, insetTop: LABEL_HEIGHT, insetBottom: 3, rx: 2 }),
        Plot.text(sorted, {
          fy: 'name',
          x: 'transactions',
          text: (scene) => `${count(scene.transactions)} · ${share(scene.transactions, all)}`,
          textAnchor: 'start',
          dx: 6,
          dy: (LABEL_HEIGHT - 3) / 2,
          fill: MUTED,
        }),
      ],
    }),
    table: {
      columns: ['Scene', 'Subscene', 'Transactions', 'Share', 'Sum', 'Mean'],
      rows: sorted.flatMap((scene) =>
        [{ ...scene, label: 'all' }, ...scene.subscenes.map((sub) => ({ ...sub, label: sub.name }))].map((part) => [
          scene.name,
          part.label,
          count(part.transactions),
          share(part.transactions, all),
          money(part.sum),
          money(part.sum / part.transactions),
        ]),
      ),
    },
  };
}

export function amounts(data: Statistics): Picture {
  const bins = data.transactions.amount_bins;
  const { median = 0, p90 = 0, max = 0 } = data.transactions.amounts;
  const total = data.transactions.count;
  // The logarithm has no zero: amounts below one yuan stand left of one.
  const rects = bins.map((bin) => ({ ...bin, left: bin.from === 0 ? 0.5 : bin.from }));
  return {
    title: 'Amounts',
    text: `Half are at most ${money(median)} yuan, nine in ten at most ${money(p90)}; the largest is ${money(max)}.`,
    draw: () => ({
      height: 260,
      marginTop: 30,
      marginLeft: 44,
      marginBottom: 44,
      x: { type: 'log', label: 'yuan →', labelOffset: 36, tickFormat: '~s', ticks: POWERS },
      y: { grid: true, label: '↑ transactions', ticks: 5, tickFormat: 's' },
      marks: [
        Plot.rectY(rects, {
          x1: 'left',
          x2: 'to',
          y: 'count',
          fill: ACCENT,
          inset: 0.5,
          title: (bin) => `${money(bin.from)} to ${money(bin.to)} yuan\n${count(bin.count)} (${share(bin.count, total)})`,
          tip: true,
        }),
        Plot.ruleX([median], { strokeDasharray: '3,3' }),
        Plot.ruleY([0]),
      ],
    }),
    table: {
      columns: ['From', 'To below', 'Transactions', 'Share'],
      rows: bins.map((bin) => [money(bin.from), money(bin.to), count(bin.count), share(bin.count, total)]),
    },
  };
}
