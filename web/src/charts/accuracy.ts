// SPDX-License-Identifier: Apache-2.0
import * as Plot from '@observablehq/plot';
import type { Accuracy, Run, Statistics } from '../data';
import { baseName, count, percent, range, words } from '../format';
import type { Picture } from '../picture';
import { MUTED, seriesScale } from './colours';
import { rowFacets, rowLabels } from './rows';

export interface NamedRun extends Run {
  /** Who was asked, told apart from the other runs of the page. */
  label: string;
  /** What has one colour: runs of one agent and model over data of different sizes are one series. */
  series: string;
}

const whoOf = (run: Run) => [run.agent, baseName(run.model)].filter(Boolean).join(' · ') || baseName(run.file);
const sizesOf = (run: Run) => run.by_sessions.map((answers) => answers.sessions);

/** Whether no two of the runs had records of the same number of sessions. */
function differInSize(runs: Run[]): boolean {
  const sizes = runs.flatMap(sizesOf);
  return runs.every((run) => run.by_sessions.length > 0) && new Set(sizes).size === sizes.length;
}

/** Names the runs by agent and model, and by file where those are missing or shared; a series stands together. */
export function nameRuns(runs: Run[]): NamedRun[] {
  const byWho = new Map<string, Run[]>();
  for (const run of runs) byWho.set(whoOf(run), [...(byWho.get(whoOf(run)) ?? []), run]);
  const taken = new Set<string>();
  const unique = (name: string) => {
    let free = name;
    for (let i = 2; taken.has(free); ++i) free = `${name} #${i}`;
    taken.add(free);
    return free;
  };
  return [...byWho].flatMap(([who, same]) => {
    const one = differInSize(same);
    const sorted = one ? [...same].sort((a, b) => Math.max(...sizesOf(a)) - Math.max(...sizesOf(b))) : same;
    return sorted.map((run) => {
      const label = unique(same.length > 1 && who !== baseName(run.file) ? `${who} (${baseName(run.file)})` : who);
      return { ...run, label, series: one ? who : label };
    });
  });
}

type Point = Accuracy & { series: string };

/** Answers of a series to one thing, its runs taken together; Wilson's interval as proportion.cc computes it. */
function together(parts: Accuracy[]): Accuracy {
  if (parts.length === 1) return parts[0]!;
  const asked = parts.reduce((sum, part) => sum + part.asked, 0);
  const correct = parts.reduce((sum, part) => sum + part.correct, 0);
  const share = correct / asked;
  const z = 1.959963984540054;
  const weight = 1 + (z * z) / asked;
  const centre = (share + (z * z) / (2 * asked)) / weight;
  const half = (z * Math.sqrt((share * (1 - share)) / asked + (z * z) / (4 * asked * asked))) / weight;
  return { asked, correct, share, low: correct === 0 ? 0 : centre - half, high: correct === asked ? 1 : centre + half };
}

/** One point for each series and each of some things, in order: `of` gives a run's answers by thing. */
function points<Thing>(runs: NamedRun[], of: (run: NamedRun) => (readonly [Thing, Accuracy])[]): (Point & { of: Thing })[] {
  const grouped = new Map<Thing, Map<string, Accuracy[]>>();
  for (const run of runs)
    for (const [thing, answers] of of(run)) {
      const bySeries = grouped.get(thing) ?? new Map<string, Accuracy[]>();
      grouped.set(thing, bySeries.set(run.series, [...(bySeries.get(run.series) ?? []), answers]));
    }
  return [...grouped].flatMap(([thing, bySeries]) =>
    [...bySeries].map(([series, parts]) => ({ ...together(parts), of: thing, series })),
  );
}

const seriesOf = (runs: NamedRun[]) => [...new Set(runs.map((run) => run.series))];
const INTERVAL = 'The line is the 95 % interval (Wilson).';
const ROW_HEIGHT = 12;
const SHARE = { domain: [0, 100], percent: true } as const;
const cells = (answers: Accuracy) => [
  count(answers.asked),
  count(answers.correct),
  percent(answers.share),
  `${percent(answers.low)} – ${percent(answers.high)}`,
];
const CELLS = ['Asked', 'Right', 'Accuracy', '95 % interval'];
const tipOf = (name: string, answers: Accuracy) =>
  `${name}\n${percent(answers.share)} (${count(answers.correct)} of ${count(answers.asked)})\n${percent(answers.low)} to ${percent(answers.high)}`;

const LINE = { strokeWidth: 2, strokeOpacity: 0.55, title: undefined, tip: undefined, fill: undefined };

/** Dots with their intervals, lying. */
const lying = <T extends Accuracy>(data: T[], options: Plot.RuleYOptions & Plot.DotOptions) => [
  Plot.ruleY(data, { ...options, ...LINE, x1: 'low', x2: 'high' }),
  Plot.dot(data, { ...options, x: 'share', stroke: undefined, r: 4 }),
];
const AXIS_HEIGHT = 44;
const LYING = {
  marginLeft: 8,
  marginRight: 16,
  marginTop: 0,
  marginBottom: AXIS_HEIGHT,
  x: { ...SHARE, grid: true, ticks: 5, label: 'accuracy, % →', labelOffset: 38 },
};

/** And standing. */
const standing = <T extends Accuracy>(data: T[], options: Plot.RuleXOptions & Plot.DotOptions) => [
  Plot.ruleX(data, { ...options, ...LINE, y1: 'low', y2: 'high' }),
  Plot.dot(data, { ...options, y: 'share', stroke: undefined, r: 4 }),
];
const STANDING = {
  marginTop: 30,
  marginLeft: 44,
  marginBottom: AXIS_HEIGHT,
  y: { ...SHARE, grid: true, ticks: 5, label: '↑ accuracy, %' },
};

export function overall(runs: NamedRun[], data: Statistics | null): Picture {
  const names = runs.map((run) => run.label);
  const trivial = data?.trivial.find((answerer) => answerer.name === 'best')?.accuracy;
  return {
    title: 'Accuracy of each run',
    text: `Over all questions asked, failures included. ${INTERVAL}` +
      (trivial === undefined ? '' : ` Dashed: the best trivial answers to the data above, ${percent(trivial)}.`),
    draw: (width) => ({
      ...rowFacets(names, ROW_HEIGHT, AXIS_HEIGHT),
      ...LYING,
      y: { axis: null },
      color: seriesScale(seriesOf(runs)),
      marks: [
        trivial === undefined ? null : Plot.ruleX([trivial], { strokeDasharray: '3,3', stroke: MUTED }),
        rowLabels(names, width),
        ...lying(runs, { fy: 'label', y: () => 0, stroke: 'series', fill: 'series', dy: 8, title: (run: NamedRun) => tipOf(run.label, run), tip: true }),
      ],
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

const pooled = (runs: NamedRun[]) =>
  seriesOf(runs).length < runs.length ? ' Runs of one agent and model over data of different sizes are taken together.' : '';

export function byCategory(runs: NamedRun[]): Picture {
  const parts = points(runs, (run) => run.by_category.map((answers) => [answers.name, answers] as const));
  const series = seriesOf(runs);
  const names = [...new Set(parts.map((part) => part.of))];
  return {
    title: 'Accuracy by category',
    text: INTERVAL + pooled(runs),
    draw: (width) => ({
      ...rowFacets(names, ROW_HEIGHT * series.length, AXIS_HEIGHT),
      ...LYING,
      y: { type: 'band', domain: ['', ...series], axis: null, padding: 0 },
      color: { ...seriesScale(series), legend: series.length > 1 },
      marks: [
        rowLabels(names, width, words),
        ...lying(parts, { fy: 'of', y: 'series', stroke: 'series', fill: 'series', dy: 1, title: (part) => tipOf(`${words(part.of)}, ${part.series}`, part), tip: true }),
      ],
    }),
    table: { columns: ['Category', 'Run', ...CELLS], rows: parts.map((part) => [part.of, part.series, ...cells(part)]) },
  };
}

const NONE = 'none';

export function byDistance(runs: NamedRun[]): Picture {
  const known = runs.flatMap((run) => run.by_distance.map((answers) => answers.from));
  const froms = [...new Set(known)].sort((a, b) => a - b);
  const without = runs.some((run) => run.without_distance.asked > 0);
  const binOf = (from: number) => range(from, from === 0 ? 1 : 2 * from);
  const bins = [...froms.map(binOf), ...(without ? [NONE] : [])];
  const parts = points(runs, (run) => [
    ...run.by_distance.map((answers) => [binOf(answers.from), answers] as const),
    ...(run.without_distance.asked > 0 ? [[NONE, run.without_distance] as const] : []),
  ]);
  const series = seriesOf(runs);
  return {
    title: 'Accuracy by distance of the evidence',
    text: `Sessions between a question and the nearest one that its answer rests on; “${NONE}”: it rests on no transaction. ${INTERVAL}${pooled(runs)}`,
    draw: () => ({
      ...STANDING,
      height: 300,
      fx: { domain: bins, label: 'sessions back →', tickSize: 0, padding: 0.1, axis: 'bottom' as const },
      x: { type: 'point', domain: series, axis: null, padding: 0.6 },
      color: { ...seriesScale(series), legend: series.length > 1 },
      marks: [
        Plot.ruleY([0]),
        ...standing(parts, { fx: 'of', x: 'series', stroke: 'series', fill: 'series', title: (part) => tipOf(`${part.of} back, ${part.series}`, part), tip: true }),
      ],
    }),
    table: { columns: ['Sessions back', 'Run', ...CELLS], rows: bins.flatMap((bin) => parts.filter((part) => part.of === bin).map((part) => [bin, part.series, ...cells(part)])) },
  };
}

/** Nothing where all runs had records of one size. */
export function bySessions(runs: NamedRun[]): Picture | null {
  const parts = points(runs, (run) => run.by_sessions.map((answers) => [answers.sessions, answers] as const));
  parts.sort((a, b) => a.of - b.of);
  const sizes = [...new Set(parts.map((part) => part.of))];
  if (sizes.length < 2) return null;
  const series = seriesOf(runs);
  return {
    title: 'Accuracy against the number of sessions',
    text: `Sessions of the record that was asked about. ${INTERVAL}`,
    draw: () => ({
      ...STANDING,
      height: 320,
      marginRight: 20,
      x: { type: 'log', label: 'sessions →', labelOffset: 36, inset: 10, ticks: sizes.length <= 8 ? sizes : undefined, tickFormat: '~s' },
      color: { ...seriesScale(series), legend: true },
      marks: [
        Plot.ruleY([0]),
        Plot.line(parts, { x: 'of', y: 'share', stroke: 'series', strokeWidth: 2 }),
        ...standing(parts, { x: 'of', stroke: 'series', fill: 'series', title: (part) => tipOf(`${part.series}, ${count(part.of)} sessions`, part), tip: true }),
      ],
    }),
    table: {
      columns: ['Run', 'Sessions', ...CELLS],
      rows: series.flatMap((name) => parts.filter((part) => part.series === name).map((part) => [name, count(part.of), ...cells(part)])),
    },
  };
}
