// SPDX-License-Identifier: Apache-2.0
import * as Plot from '@observablehq/plot';
import type { Accuracy, Run, Statistics } from '../data';
import { baseName, count, percent, range, words } from '../format';
import type { Picture } from '../picture';
import { MUTED, seriesScale } from './colours';
import { LABEL_HEIGHT, rowFacets, rowLabels } from './rows';

export interface NamedRun extends Run {
  /** Who was asked: "full · Qwen3-30B". */
  who: string;
  /** The same, told apart from other runs of the page. */
  label: string;
}

/** Names the runs by agent and model, and by file where those are missing or shared. */
export function nameRuns(runs: Run[]): NamedRun[] {
  const whoOf = (run: Run) => [run.agent, baseName(run.model)].filter(Boolean).join(' · ') || baseName(run.file);
  const named = runs.map((run) => ({ ...run, who: whoOf(run) }));
  const shared = (who: string) => named.filter((run) => run.who === who).length > 1;
  const taken = new Map<string, number>();
  return named.map((run) => {
    const label = shared(run.who) && run.who !== baseName(run.file) ? `${run.who} (${baseName(run.file)})` : run.who;
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return { ...run, label: before === 0 ? label : `${label} #${before + 1}` };
  });
}

const INTERVAL = 'The line is the 95 % interval (Wilson).';
const DOT = { r: 4 };
const RUN_HEIGHT = 12;
const shareScale = { domain: [0, 1], percent: true } as const;
const cells = (answers: Accuracy) => [
  count(answers.asked),
  count(answers.correct),
  percent(answers.share),
  `${percent(answers.low)} – ${percent(answers.high)}`,
];
const CELLS = ['Asked', 'Right', 'Accuracy', '95 % interval'];
const tipOf = (name: string, answers: Accuracy) =>
  `${name}\n${percent(answers.share)} (${count(answers.correct)} of ${count(answers.asked)})\n${percent(answers.low)} to ${percent(answers.high)}`;

/** A dot with its interval, lying. */
const lying = <T extends Accuracy>(data: T[], options: Plot.RuleYOptions & Plot.DotOptions) => [
  Plot.ruleY(data, { ...options, x1: 'low', x2: 'high', strokeWidth: 2, strokeOpacity: 0.55, title: undefined, tip: undefined, fill: undefined }),
  Plot.dot(data, { ...options, x: 'share', stroke: undefined, ...DOT }),
];

export function overall(runs: NamedRun[], data: Statistics | null): Picture {
  const names = runs.map((run) => run.label);
  const trivial = data?.trivial.find((answerer) => answerer.name === 'best')?.accuracy;
  return {
    title: 'Accuracy of each run',
    text: `Over all questions asked, failures included. ${INTERVAL}` +
      (trivial === undefined ? '' : ` Dashed: the best trivial answers to the data above, ${percent(trivial)}.`),
    draw: () => ({
      ...rowFacets(names, RUN_HEIGHT, 0),
      marginLeft: 8,
      marginRight: 16,
      marginTop: 0,
      x: { ...shareScale, grid: true, label: 'accuracy, % →' },
      color: seriesScale(names),
      marks: [
        trivial === undefined ? null : Plot.ruleX([trivial], { strokeDasharray: '3,3', stroke: MUTED, insetTop: LABEL_HEIGHT }),
        rowLabels(names, (name) => name),
        ...lying(runs, { fy: 'label', y: () => 0, stroke: 'label', fill: 'label', dy: LABEL_HEIGHT / 2, title: (run: NamedRun) => tipOf(run.label, run), tip: true }),
      ],
      y: { axis: null },
    }),
    table: {
      columns: ['Run', ...CELLS, 'Tolerant', 'By status', 'File'],
      rows: runs.map((run) => [
        run.label,
        ...cells(run),
        percent(run.tolerant.share),
        Object.entries(run.statuses).map(([status, number]) => `${status} ${count(number)}`).join(', '),
        run.file,
      ]),
    },
  };
}

export function byCategory(runs: NamedRun[]): Picture {
  const parts = runs.flatMap((run) => run.by_category.map((answers) => ({ ...answers, label: run.label })));
  const labels = runs.map((run) => run.label);
  const names = [...new Set(parts.map((part) => part.name))];
  return {
    title: 'Accuracy by category',
    text: INTERVAL,
    draw: () => ({
      ...rowFacets(names, RUN_HEIGHT * runs.length, 0),
      marginLeft: 8,
      marginRight: 16,
      marginTop: 0,
      x: { ...shareScale, grid: true, label: 'accuracy, % →' },
      y: { type: 'band', domain: ['', ...labels], axis: null, padding: 0 },
      color: { ...seriesScale(labels), legend: runs.length > 1 },
      marks: [
        rowLabels(names, words),
        ...lying(parts, { fy: 'name', y: 'label', stroke: 'label', fill: 'label', dy: runs.length === 1 ? 0 : 2, title: (part) => tipOf(`${words(part.name)}, ${part.label}`, part), tip: true }),
      ],
    }),
    table: { columns: ['Category', 'Run', ...CELLS], rows: names.flatMap((name) => parts.filter((part) => part.name === name).map((part) => [name, part.label, ...cells(part)])) },
  };
}

const NONE = 'none';

export function byDistance(runs: NamedRun[]): Picture {
  const parts = runs.flatMap((run) => [
    ...run.by_distance.map((answers) => ({ ...answers, label: run.label, bin: range(answers.from, answers.to) })),
    ...(run.without_distance.asked > 0 ? [{ ...run.without_distance, from: Infinity, to: Infinity, label: run.label, bin: NONE }] : []),
  ]);
  const labels = runs.map((run) => run.label);
  const bins = [...new Map([...parts].sort((a, b) => a.from - b.from).map((part) => [part.bin, part.from])).keys()];
  return {
    title: 'Accuracy by distance of the evidence',
    text: `Sessions between a question and the nearest one that its answer rests on; “${NONE}”: it rests on no transaction. ${INTERVAL}`,
    draw: () => ({
      height: 300,
      marginLeft: 44,
      marginBottom: 48,
      fx: { domain: bins, label: 'sessions back →', tickSize: 0, padding: 0.1, axis: 'bottom' as const },
      x: { type: 'point', domain: labels, axis: null, padding: 0.6 },
      y: { ...shareScale, grid: true, label: '↑ accuracy, %' },
      color: { ...seriesScale(labels), legend: runs.length > 1 },
      marks: [
        Plot.ruleY([0]),
        Plot.ruleX(parts, { fx: 'bin', x: 'label', y1: 'low', y2: 'high', stroke: 'label', strokeWidth: 2, strokeOpacity: 0.55 }),
        Plot.dot(parts, { fx: 'bin', x: 'label', y: 'share', fill: 'label', ...DOT, title: (part) => tipOf(`${part.bin} back, ${part.label}`, part), tip: true }),
      ],
    }),
    table: { columns: ['Sessions back', 'Run', ...CELLS], rows: bins.flatMap((bin) => parts.filter((part) => part.bin === bin).map((part) => [bin, part.label, ...cells(part)])) },
  };
}

/** Wilson's interval, as proportion.cc computes it, for runs taken together. */
function together(parts: Accuracy[]): Accuracy {
  const asked = parts.reduce((sum, part) => sum + part.asked, 0);
  const correct = parts.reduce((sum, part) => sum + part.correct, 0);
  const share = correct / asked;
  const z = 1.959963984540054;
  const weight = 1 + (z * z) / asked;
  const centre = (share + (z * z) / (2 * asked)) / weight;
  const half = (z * Math.sqrt((share * (1 - share)) / asked + (z * z) / (4 * asked * asked))) / weight;
  return { asked, correct, share, low: correct === 0 ? 0 : centre - half, high: correct === asked ? 1 : centre + half };
}

/** Nothing where all runs had records of one size. */
export function bySessions(runs: NamedRun[]): Picture | null {
  const all = runs.flatMap((run) => run.by_sessions.map((answers) => ({ ...answers, who: run.who })));
  const sizes = [...new Set(all.map((part) => part.sessions))].sort((a, b) => a - b);
  if (sizes.length < 2) return null;
  const names = [...new Set(all.map((part) => part.who))];
  const points = names.flatMap((who) =>
    sizes.flatMap((sessions) => {
      const parts = all.filter((part) => part.who === who && part.sessions === sessions);
      return parts.length > 0 ? [{ ...(parts.length === 1 ? parts[0]! : together(parts)), sessions, who }] : [];
    }),
  );
  return {
    title: 'Accuracy against the number of sessions',
    text: `Sessions of the record that was asked about; runs of the same agent and model are one line. ${INTERVAL}`,
    draw: () => ({
      height: 320,
      marginLeft: 44,
      marginRight: 20,
      x: { type: 'log', label: 'sessions →', ticks: sizes.length <= 12 ? sizes : undefined, tickFormat: '~s' },
      y: { ...shareScale, grid: true, label: '↑ accuracy, %' },
      color: { ...seriesScale(names), legend: true },
      marks: [
        Plot.ruleY([0]),
        Plot.ruleX(points, { x: 'sessions', y1: 'low', y2: 'high', stroke: 'who', strokeWidth: 2, strokeOpacity: 0.4 }),
        Plot.line(points, { x: 'sessions', y: 'share', stroke: 'who', strokeWidth: 2 }),
        Plot.dot(points, { x: 'sessions', y: 'share', fill: 'who', ...DOT, title: (point) => tipOf(`${point.who}, ${count(point.sessions)} sessions`, point), tip: true }),
      ],
    }),
    table: { columns: ['Agent', 'Sessions', ...CELLS], rows: points.map((point) => [point.who, count(point.sessions), ...cells(point)]) },
  };
}
