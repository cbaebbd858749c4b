// SPDX-License-Identifier: Apache-2.0
import * as Plot from '@observablehq/plot';
import type { Statistics } from '../data';
import { count, counted } from '../format';
import type { Picture } from '../picture';
import { ACCENT, FAINT } from './colours';

const DAY = 24 * 3600 * 1000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];

interface Day {
  date: string;
  year: number;
  week: number;
  weekday: number;
  sessions: number;
}

/** Monday is 0. */
const weekdayOf = (time: number) => (new Date(time).getUTCDay() + 6) % 7;

function dayOf(time: number, sessions: number): Day {
  const year = new Date(time).getUTCFullYear();
  const first = Date.UTC(year, 0, 1);
  return {
    date: new Date(time).toISOString().slice(0, 10),
    year,
    week: Math.floor(((time - first) / DAY + weekdayOf(first)) / 7),
    weekday: weekdayOf(time),
    sessions,
  };
}

function daysOf(year: number): Day[] {
  const days: Day[] = [];
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += DAY) days.push(dayOf(time, 0));
  return days;
}

export function calendar(data: Statistics): Picture {
  const days = Object.entries(data.sessions.by_date).map(([date, sessions]) => dayOf(Date.parse(`${date}T00:00:00Z`), sessions));
  const years = [...new Set(days.map((day) => day.year))];
  const most = Math.max(...days.map((day) => day.sessions));
  const firsts = years.flatMap((year) => MONTHS.map((name, month) => ({ ...dayOf(Date.UTC(year, month, 1), 0), name })));
  return {
    title: 'Calendar of sessions',
    text: `${counted(data.sessions.count, 'session')} on ${counted(days.length, 'date')}` +
      (most > 1 ? `, at most ${count(most)} on one; the more there are, the darker the day.` : '.'),
    draw: (width) => {
      const cell = Math.min(16, (width - 34) / 54);
      const cells = { x: 'week', y: 'weekday', fy: 'year', inset: cell > 8 ? 1 : 0.5, rx: cell > 8 ? 2 : 0 };
      return {
        height: years.length * (cell * 7 + 26),
        marginLeft: 34,
        marginRight: Math.max(0, width - 34 - cell * 54),
        marginTop: 0,
        marginBottom: 0,
        x: { domain: Array.from({ length: 54 }, (_, week) => week), axis: null, padding: 0 },
        y: { domain: [-1, 0, 1, 2, 3, 4, 5, 6], axis: null, padding: 0 },
        fy: { domain: years, axis: null, padding: 0 },
        opacity: { domain: [0, most], range: [0.15, 1] },
        marks: [
          Plot.cell(years.flatMap(daysOf), { ...cells, fill: FAINT }),
          Plot.cell(days, {
            ...cells,
            fill: ACCENT,
            fillOpacity: most > 1 ? 'sessions' : 1,
            title: (day: Day) => `${day.date}: ${counted(day.sessions, 'session')}`,
          }),
          Plot.text(firsts, {
            x: 'week',
            fy: 'year',
            y: () => -1,
            text: (first) => (width < 500 ? first.name.slice(0, 1) : first.name),
            textAnchor: 'start',
            dx: -cell / 2,
          }),
          Plot.text(
            years.flatMap((year) => WEEKDAYS.map((name, weekday) => ({ year, name, weekday }))),
            { x: () => 0, y: 'weekday', fy: 'year', text: 'name', textAnchor: 'end', dx: -cell / 2 - 4, fontSize: 10 },
          ),
          years.length > 1
            ? Plot.text(years, { fy: (year: number) => year, text: (year: number) => `${year}`, frameAnchor: 'top-left', dx: -34, fontWeight: 600 })
            : null,
        ],
      };
    },
    table: { columns: ['Date', 'Sessions'], rows: days.map((day) => [day.date, count(day.sessions)]) },
  };
}
