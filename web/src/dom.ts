// SPDX-License-Identifier: Apache-2.0
// Elements. Text only ever becomes text nodes: nothing of the data is read as HTML.

type Child = Node | string | null;

export function element(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child): child is Node | string => child !== null));
  return made;
}

export interface Table {
  columns: string[];
  /** The first cell of a row names it. */
  rows: string[][];
}

export function table({ columns, rows }: Table, caption: string): HTMLElement {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)));
  const body = rows.map(([name = '', ...cells]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((cell) => element('td', {}, cell))),
  );
  const made = element('table', { 'aria-label': caption }, element('thead', {}, head), element('tbody', {}, ...body));
  return element('div', { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' }, made);
}

export function section(id: string, title: string, ...children: Child[]): HTMLElement {
  return element('section', { id, 'aria-labelledby': `${id}-title` }, element('h2', { id: `${id}-title` }, title), ...children);
}
