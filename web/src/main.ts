// SPDX-License-Identifier: Apache-2.0
import './style.css';
import { amounts, scenes, spendingByMonth } from './charts/spending';
import { byCategory, byDistance, bySessions, nameRuns, overall } from './charts/accuracy';
import { calendar } from './charts/calendar';
import { categories, distances, trivialAnswers } from './charts/questions';
import { variety } from './charts/variety';
import { readReport, type Report, type Run, type Spread, type Statistics } from './data';
import { element, section, table } from './dom';
import { count, counted, decimal, money } from './format';
import { figure } from './picture';

function header(report: Report): HTMLElement {
  const files = [...report.data_files, ...report.runs.map((run) => run.file)];
  return element(
    'header',
    {},
    element('p', { class: 'brand' }, 'synthv1 report'),
    element('h1', {}, report.runs.length > 0 ? 'Answers and data' : 'Dataset'),
    element('p', { class: 'files' }, files.join(', ')),
  );
}

function tile(value: string, name: string, kind = 'tile'): HTMLElement {
  return element('div', { class: kind }, element('dt', {}, name), element('dd', {}, value));
}

function tiles(data: Statistics): HTMLElement {
  const dates = Object.keys(data.sessions.by_date);
  return element(
    'dl',
    { class: 'tiles' },
    tile(count(data.records), data.records === 1 ? 'record' : 'records'),
    tile(count(data.sessions.count), 'sessions'),
    tile(count(data.sessions.turns), 'turns'),
    tile(count(data.transactions.count), 'transactions'),
    tile(money(data.transactions.sum), 'yuan spent'),
    tile(count(data.questions.count), 'questions'),
    ...(dates.length > 0 ? [tile(`${dates[0]} – ${dates[dates.length - 1]}`, 'dates', 'tile two')] : []),
    tile(Object.keys(data.languages).join(', ') || '–', 'language'),
    tile(Object.keys(data.models).join(', ') || '–', 'written by'),
  );
}

function sizes(data: Statistics): HTMLElement {
  const row = (name: string, spread: Spread, show = count) =>
    spread.count === 0
      ? []
      : [[name, decimal(spread.mean ?? 0), ...[spread.min, spread.p10, spread.median, spread.p90, spread.max].map((value) => show(value ?? 0))]];
  const rows = [
    ...row('sessions a record', data.sessions.per_record),
    ...row('turns a session', data.sessions.turns_per_session),
    ...row('tokens a session (estimated)', data.sessions.tokens_per_session),
    ...row('tokens a record (estimated)', data.sessions.tokens_per_record),
    ...row('transactions a session', data.transactions.per_session),
    ...row('amount, yuan', data.transactions.amounts, money),
    ...row('sessions that an answer rests on', data.questions.evidence.sessions),
  ];
  const columns = ['', 'Mean', 'Least', '10 %', 'Half', '90 %', 'Most'];
  return element('div', { class: 'card wide' }, element('h3', {}, 'Sizes'), table({ columns, rows }, 'Sizes'));
}

function leftOut(data: Statistics): HTMLElement | null {
  const rows = Object.entries(data.left_out).map(([what, number]) => [what, count(number)]);
  if (rows.length === 0) return null;
  const text = 'What the data do not say was counted nowhere else.';
  return element('div', { class: 'card wide' }, element('h3', {}, 'Left out'), element('p', {}, text), table({ columns: ['What', 'How often'], rows }, 'Left out'));
}

function dataSections(data: Statistics): HTMLElement[] {
  const has = { transactions: data.transactions.count > 0, questions: data.questions.count > 0 };
  const dated = Object.keys(data.sessions.by_date).length > 0;
  return [
    section('data', 'Data', tiles(data)),
    section(
      'spending',
      'Spending',
      has.transactions && data.transactions.by_month.length > 0 ? figure(spendingByMonth(data), true) : null,
      has.transactions ? figure(scenes(data)) : null,
      has.transactions ? figure(amounts(data)) : null,
    ),
    section('sessions', 'Sessions', dated ? figure(calendar(data), true) : null, sizes(data)),
    section(
      'questions',
      'Questions',
      has.questions ? figure(categories(data)) : null,
      has.questions ? figure(trivialAnswers(data)) : null,
      data.questions.evidence.distance.count > 0 ? figure(distances(data)) : null,
      data.text.user.texts > 0 || has.questions ? figure(variety(data)) : null,
      leftOut(data),
    ),
  ];
}

function accuracySection(runs: Run[], data: Statistics | null): HTMLElement {
  const named = nameRuns(runs);
  const sessions = bySessions(named);
  return section(
    'accuracy',
    'Accuracy',
    figure(overall(named, data), true),
    sessions === null ? null : figure(sessions, true),
    figure(byCategory(named)),
    figure(byDistance(named)),
  );
}

function footer(report: Report): HTMLElement {
  const held = report.statistics === null ? counted(report.runs.length, 'run') : counted(report.statistics.records, 'record');
  return element('footer', {}, `synthv1 ${report.version} · ${held} · nothing on this page is fetched from anywhere`);
}

const report = readReport();
document.getElementById('page')?.replaceChildren(
  header(report),
  ...(report.runs.length > 0 ? [accuracySection(report.runs, report.statistics)] : []),
  ...(report.statistics === null ? [] : dataSections(report.statistics)),
  footer(report),
);
