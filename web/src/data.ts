// SPDX-License-Identifier: Apache-2.0
// What the program puts into the page: src/synthv1/report/page_data.cc; the statistics are those of
// docs/formats/stats.md.

export interface Spread {
  count: number;
  mean?: number;
  min?: number;
  p10?: number;
  median?: number;
  p90?: number;
  max?: number;
}

export interface Bin {
  from: number;
  to: number;
  count: number;
}

export interface Totals {
  name: string;
  transactions: number;
  sum: number;
}

export interface Variety {
  texts: number;
  words: number;
  compression: number;
  distinct_ngrams: number[];
  repeated: number;
  repeated_but_for_numbers: number;
}

export interface Category {
  name: string;
  questions: number;
  distinct_answers: number;
  zero_answers: number;
  commonest_answer: string;
  commonest: number;
}

export interface Trivial {
  name: string;
  answers: string;
  questions: number;
  correct: number;
  accuracy: number;
  correct_by_category: Record<string, number>;
}

export interface Statistics {
  files: number;
  bytes: number;
  records: number;
  languages: Record<string, number>;
  models: Record<string, number>;
  sessions: {
    count: number;
    turns: number;
    per_record: Spread;
    turns_per_session: Spread;
    tokens_per_session: Spread;
    tokens_per_record: Spread;
    by_date: Record<string, number>;
  };
  transactions: {
    count: number;
    sum: number;
    per_session: Spread;
    amounts: Spread;
    amount_bins: Bin[];
    scenes: (Totals & { subscenes: Totals[] })[];
    by_month: (Totals & { month: string })[];
  };
  questions: {
    count: number;
    distinct_answers: number;
    zero_answers: number;
    reworded: number;
    asked_early: number;
    categories: Category[];
    evidence: { sessions: Spread; distance: Spread; farthest: Spread; distance_bins: Bin[]; without: number };
  };
  text: { user: Variety; assistant: Variety; questions: Variety };
  trivial: Trivial[];
  left_out: Record<string, number>;
}

/** Answers to some questions; `low` and `high` are the ends of the 95 % interval of `share`. */
export interface Accuracy {
  asked: number;
  correct: number;
  share: number;
  low: number;
  high: number;
}

export interface Run extends Accuracy {
  file: string;
  agent: string;
  model: string;
  tolerant: Accuracy;
  statuses: Record<string, number>;
  by_category: (Accuracy & { name: string })[];
  by_distance: (Accuracy & { from: number; to: number })[];
  without_distance: Accuracy;
  by_sessions: (Accuracy & { sessions: number })[];
}

export interface Report {
  version: string;
  data_files: string[];
  statistics: Statistics | null;
  runs: Run[];
}

export function readReport(): Report {
  return JSON.parse(document.getElementById('data')?.textContent ?? 'null') as Report;
}
