// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/statistics_json.h"

#include "synthv1/report/json_figures.h"

namespace synthv1 {

namespace {

using json::Writer;

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void write_counts(Writer& writer, std::string_view name, const std::map<std::string, std::uint64_t>& counts) {
  writer.key(name).begin_object();
  for (const auto& [key, count] : counts) writer.key(key).integer(count);
  writer.end_object();
}

void write_spread(Writer& writer, std::string_view name, const Quantiles& values, Unit unit = Unit::whole) {
  writer.key(name);
  write_quantiles(writer, values, unit);
}

void write_totals(Writer& writer, std::string_view name, const Totals& totals) {
  writer.key("name").string(name).key("transactions").integer(totals.count).key("sum");
  write_money(writer, totals.sum);
}

void write_variety(Writer& writer, std::string_view name, const VarietyFigures& text) {
  writer.key(name).begin_object().key("texts").integer(text.texts).key("words").integer(text.words);
  writer.key("bytes").integer(text.bytes).key("gzip_bytes").integer(text.gzip_bytes);
  writer.key("compression");
  write_decimal(writer, text.compression());
  writer.key("distinct_ngrams").begin_array();
  for (std::size_t n = 0; n < text.grams.size(); ++n)
    write_decimal(writer, share(text.distinct[n], text.grams[n]));
  writer.end_array().key("repeated");
  write_decimal(writer, share(text.repeats, text.texts));
  writer.key("repeated_but_for_numbers");
  write_decimal(writer, share(text.repeats_but_for_numbers, text.texts));
  writer.end_object();
}

void write_sessions(Writer& writer, const SessionStatistics& sessions) {
  writer.key("sessions").begin_object().key("count").integer(sessions.sessions);
  writer.key("turns").integer(sessions.turns).key("user_turns").integer(sessions.user_turns);
  write_spread(writer, "per_record", sessions.sessions_a_record);
  write_spread(writer, "turns_per_session", sessions.turns_a_session);
  write_spread(writer, "tokens_per_session", sessions.tokens_a_session);
  write_spread(writer, "tokens_per_record", sessions.tokens_a_record);
  writer.key("by_date").begin_object();
  for (const auto& [date, count] : sessions.calendar) writer.key(format_date(date)).integer(count);
  writer.end_object().end_object();
}

void write_scenes(Writer& writer, const std::vector<SceneStatistics>& scenes) {
  writer.key("scenes").begin_array();
  for (const SceneStatistics& scene : scenes) {
    writer.begin_object();
    write_totals(writer, scene.name, scene.totals);
    writer.key("subscenes").begin_array();
    for (const auto& [name, totals] : scene.subscenes) {
      writer.begin_object();
      write_totals(writer, name, totals);
      writer.end_object();
    }
    writer.end_array().end_object();
  }
  writer.end_array();
}

void write_months(Writer& writer, const std::map<std::string, NamedTotals>& months) {
  writer.key("by_month").begin_array();
  for (const auto& [month, scenes] : months) {
    for (const auto& [name, totals] : scenes) {
      writer.begin_object().key("month").string(month);
      write_totals(writer, name, totals);
      writer.end_object();
    }
  }
  writer.end_array();
}

void write_transactions(Writer& writer, const TransactionStatistics& transactions) {
  writer.key("transactions").begin_object().key("count").integer(transactions.totals.count).key("sum");
  write_money(writer, transactions.totals.sum);
  write_spread(writer, "per_session", transactions.transactions_a_session);
  write_spread(writer, "amounts", transactions.amounts, Unit::money);
  writer.key("amount_bins");
  write_bins(writer, transactions.amount_bins, Unit::money);
  write_scenes(writer, transactions.scenes);
  write_months(writer, transactions.months);
  writer.end_object();
}

void write_categories(Writer& writer, const std::vector<CategoryStatistics>& categories) {
  writer.key("categories").begin_array();
  for (const CategoryStatistics& category : categories) {
    writer.begin_object().key("name").string(category.name).key("questions").integer(category.questions);
    writer.key("distinct_answers").integer(category.distinct_answers);
    writer.key("zero_answers").integer(category.zero_answers);
    writer.key("commonest_answer").string(category.commonest_answer);
    writer.key("commonest").integer(category.commonest).end_object();
  }
  writer.end_array();
}

void write_evidence(Writer& writer, const EvidenceReach& evidence) {
  writer.key("evidence").begin_object();
  write_spread(writer, "sessions", evidence.sessions);
  write_spread(writer, "distance", evidence.nearest);
  write_spread(writer, "farthest", evidence.farthest);
  writer.key("distance_bins");
  write_bins(writer, evidence.nearest_bins, Unit::whole);
  writer.key("without").integer(evidence.without).end_object();
}

void write_questions(Writer& writer, const QuestionStatistics& questions) {
  writer.key("questions").begin_object().key("count").integer(questions.questions);
  writer.key("distinct_answers").integer(questions.distinct_answers);
  writer.key("zero_answers").integer(questions.zero_answers);
  writer.key("reworded").integer(questions.reworded);
  writer.key("asked_early").integer(questions.asked_early);
  write_categories(writer, questions.categories);
  write_evidence(writer, questions.evidence);
  writer.end_object();
}

void write_trivial(Writer& writer, const Statistics& all) {
  std::uint64_t asked = 0;
  for (const CategoryStatistics& category : all.questions.categories) asked += category.questions;
  writer.key("trivial").begin_array();
  for (const TrivialScore& score : all.trivial) {
    writer.begin_object().key("name").string(score.name).key("answers").string(score.answers);
    writer.key("questions").integer(asked).key("correct").integer(score.correct_in_all).key("accuracy");
    write_decimal(writer, share(score.correct_in_all, asked));
    write_counts(writer, "correct_by_category", score.correct);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write_statistics(Writer& writer, const Statistics& all) {
  writer.begin_object().key("files").integer(all.files).key("bytes").integer(all.bytes);
  writer.key("records").integer(all.records);
  write_counts(writer, "languages", all.languages);
  write_counts(writer, "models", all.models);
  write_sessions(writer, all.sessions);
  write_transactions(writer, all.transactions);
  write_questions(writer, all.questions);
  writer.key("text").begin_object();
  write_variety(writer, "user", all.sessions.user_text);
  write_variety(writer, "assistant", all.sessions.assistant_text);
  write_variety(writer, "questions", all.questions.text);
  writer.end_object();
  write_trivial(writer, all);
  write_counts(writer, "left_out", all.left_out);
  writer.end_object();
}

}  // namespace synthv1
