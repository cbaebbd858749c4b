// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/ledger/date.h"
#include "synthv1/ledger/series.h"
#include "synthv1/report/distribution.h"
#include "synthv1/report/text_variety.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace synthv1 {

/// What could not be counted, by what it is, and how often: "questions without evidence" 12.
using LeftOut = std::map<std::string, std::uint64_t>;

/// Sessions of some records and what is said in them.
struct SessionStatistics {
  std::uint64_t sessions = 0, turns = 0, user_turns = 0;
  Quantiles sessions_a_record, turns_a_session;
  Quantiles tokens_a_session, tokens_a_record;  ///< estimates (model/token_estimate.h)
  std::map<Date, std::uint64_t> calendar;       ///< sessions by date
  VarietyFigures user_text, assistant_text;
};

/// Totals by name, in the order in which the names first came.
using NamedTotals = std::vector<std::pair<std::string, Totals>>;

struct SceneStatistics {
  std::string name;
  Totals totals;
  NamedTotals subscenes;
};

/// Transactions of some records.
struct TransactionStatistics {
  Totals totals;
  Quantiles transactions_a_session;
  Quantiles amounts;             ///< minor units
  std::vector<Bin> amount_bins;  ///< minor units
  std::vector<SceneStatistics> scenes;
  std::map<std::string, NamedTotals> months;  ///< scenes by month, "2024-01"
};

struct CategoryStatistics {
  std::string name;
  std::uint64_t questions = 0, distinct_answers = 0, zero_answers = 0;
  std::string commonest_answer;
  std::uint64_t commonest = 0;  ///< questions that have it
};

/// How far before a question its evidence lies, in sessions: 0 is the session that it is asked after. Only of
/// questions that rest on a transaction.
struct EvidenceReach {
  Quantiles nearest, farthest;
  Quantiles sessions;  ///< distinct sessions that a question rests on
  std::vector<Bin> nearest_bins;
  std::uint64_t without = 0;  ///< questions that rest on no transaction: the answer is zero
};

struct QuestionStatistics {
  std::uint64_t questions = 0, distinct_answers = 0, zero_answers = 0, reworded = 0;
  std::uint64_t asked_early = 0;  ///< before the last session
  std::vector<CategoryStatistics> categories;
  EvidenceReach evidence;
  VarietyFigures text;
};

/// What somebody who understands nothing would score.
struct TrivialScore {
  std::string name;
  std::string answers;                           ///< what it answers, in English
  std::map<std::string, std::uint64_t> correct;  ///< by category
  std::uint64_t correct_in_all = 0;
};

/// What some datasets hold.
struct Statistics {
  std::uint64_t files = 0, bytes = 0, records = 0;
  std::map<std::string, std::uint64_t> languages, models;  ///< records, by what they say of themselves
  SessionStatistics sessions;
  TransactionStatistics transactions;
  QuestionStatistics questions;
  std::vector<TrivialScore> trivial;  ///< the last takes the best of the others for each category
  LeftOut left_out;
};

}  // namespace synthv1
