// SPDX-License-Identifier: Apache-2.0
#include "cli/stats_text.h"

#include "cli/quantities.h"
#include "cli/table.h"
#include "synthv1/base/display_width.h"
#include "synthv1/base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1::cli {

namespace {

constexpr std::size_t kNameShown = 60;  ///< characters of what the file names

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const double hundredths = 100 * static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{:.{}f} %", hundredths, part > 0 && hundredths < 1 ? 2 : 1);
}

/// "12,345.67".
std::string money_text(Money money) {
  const std::string exact = format_money(money);
  const std::int64_t yuan = money.minor() / 100;
  return count_text(yuan) + exact.substr(exact.find('.'));
}

std::string names_text(const std::map<std::string, std::uint64_t>& counts) {
  std::vector<std::string> names;
  for (const auto& [name, count] : counts)
    names.push_back(counts.size() == 1 ? one_line(name, kNameShown)
                                       : fmt::format("{} {}", one_line(name, kNameShown), count_text(count)));
  return join(names, ", ");
}

std::string head(const Statistics& all) {
  const QuestionStatistics& questions = all.questions;
  std::string text = fmt::format(
      "{}: {}, {}, {}, {}, {}\n", counted(all.files, "file"), counted(all.records, "record"),
      counted(all.sessions.sessions, "session"), counted(all.sessions.turns, "turn"),
      counted(all.transactions.totals.count, "transaction"), counted(questions.questions, "question"));
  const auto& calendar = all.sessions.calendar;
  if (!calendar.empty())
    text += fmt::format("dates      {} to {}\n", format_date(calendar.begin()->first),
                        format_date(calendar.rbegin()->first));
  text += fmt::format("spent      {}\n", money_text(all.transactions.totals.sum));
  if (!all.languages.empty()) text += fmt::format("language   {}\n", names_text(all.languages));
  if (!all.models.empty()) text += fmt::format("model      {}\n", names_text(all.models));
  return text;
}

template <class Show>
void add_quantiles(Table& table, std::string_view name, const Quantiles& values, const Show& show) {
  if (values.count == 0) return;
  table.add({std::string(name), show(static_cast<std::int64_t>(values.mean + 0.5)), show(values.least),
             show(values.p10), show(values.median), show(values.p90), show(values.most)});
}

std::string spread_text(const Statistics& all, std::size_t columns) {
  Table table;
  const auto whole = [](std::int64_t value) { return count_text(value); };
  const auto money = [](std::int64_t minor) { return money_text(Money::from_minor(minor)); };
  table.add({"", "mean", "least", "10 %", "half", "90 %", "most"});
  add_quantiles(table, "sessions a record", all.sessions.sessions_a_record, whole);
  add_quantiles(table, "turns a session", all.sessions.turns_a_session, whole);
  add_quantiles(table, "tokens a session, estimated", all.sessions.tokens_a_session, whole);
  add_quantiles(table, "tokens a record, estimated", all.sessions.tokens_a_record, whole);
  add_quantiles(table, "transactions a session", all.transactions.transactions_a_session, whole);
  add_quantiles(table, "amount", all.transactions.amounts, money);
  const EvidenceReach& evidence = all.questions.evidence;
  add_quantiles(table, "evidence: sessions it lies in", evidence.sessions, whole);
  add_quantiles(table, "  sessions back, the nearest", evidence.nearest, whole);
  add_quantiles(table, "  sessions back, the farthest", evidence.farthest, whole);
  return "\n" + table.text(columns);
}

using Subscene = NamedTotals::value_type;

const std::string& name_of(const SceneStatistics& scene) { return scene.name; }
const std::string& name_of(const Subscene& subscene) { return subscene.first; }
const Totals& totals_of(const SceneStatistics& scene) { return scene.totals; }
const Totals& totals_of(const Subscene& subscene) { return subscene.second; }

/// Those of most transactions first.
template <class Named>
std::vector<Named> by_count(std::vector<Named> all) {
  std::ranges::sort(all, [](const Named& a, const Named& b) {
    if (totals_of(a).count != totals_of(b).count) return totals_of(a).count > totals_of(b).count;
    return name_of(a) < name_of(b);
  });
  return all;
}

std::string scenes_text(const TransactionStatistics& transactions, std::size_t columns) {
  Table table;
  table.add({"scene", "transactions", "share", "sum", "mean"});
  const auto add = [&](std::string name, const Totals& totals) {
    const Money mean = Money::from_minor(totals.sum.minor() / totals.count);
    table.add({std::move(name), count_text(std::uint64_t{totals.count}),
               percent(totals.count, transactions.totals.count), money_text(totals.sum), money_text(mean)});
  };
  for (const SceneStatistics& scene : by_count(transactions.scenes)) {
    add(one_line(scene.name, kNameShown), scene.totals);
    for (const auto& [name, totals] : by_count(scene.subscenes))
      add("  " + one_line(name, kNameShown), totals);
  }
  return transactions.scenes.empty() ? "" : "\n" + table.text(columns);
}

std::string questions_text(const QuestionStatistics& questions, std::size_t columns) {
  if (questions.categories.empty()) return {};
  Table table;
  table.add({"category", "questions", "distinct answers", "zero", "most frequent answer"});
  for (const CategoryStatistics& category : questions.categories)
    table.add({one_line(category.name, kNameShown), count_text(category.questions),
               count_text(category.distinct_answers), percent(category.zero_answers, category.questions),
               one_line(category.commonest_answer, 20)});
  table.add({"all", count_text(questions.questions), count_text(questions.distinct_answers),
             percent(questions.zero_answers, questions.questions)});
  return fmt::format("\n{}reworded {}; asked before the last session {}; no transaction to rest on {}\n",
                     table.text(columns), percent(questions.reworded, questions.questions),
                     percent(questions.asked_early, questions.questions),
                     percent(questions.evidence.without, questions.questions));
}

std::string trivial_text(const Statistics& all, std::size_t columns) {
  const auto& categories = all.questions.categories;
  if (categories.empty()) return {};
  Table table;
  std::vector<std::string> header{"trivial answers, right"};
  for (const TrivialScore& score : all.trivial) header.push_back(score.name);
  std::ranges::replace(header, "commonest_scene", "scene");
  std::ranges::replace(header, "last_amount", "last");
  std::ranges::replace(header, "last_session_sum", "last sum");
  table.add(std::move(header));
  std::uint64_t asked = 0;
  for (const CategoryStatistics& category : categories) {
    std::vector<std::string> row{one_line(category.name, kNameShown)};
    for (const TrivialScore& score : all.trivial)
      row.push_back(percent(score.correct.at(category.name), category.questions));
    table.add(std::move(row));
    asked += category.questions;
  }
  std::vector<std::string> sum{"all"};
  for (const TrivialScore& score : all.trivial) sum.push_back(percent(score.correct_in_all, asked));
  table.add(std::move(sum));
  std::string text = "\n" + table.text(columns);
  return text;
}

std::string variety_text(const Statistics& all, std::size_t columns) {
  Table table;
  table.add({"text", "turns", "words", "gzip", "1-gram", "2-gram", "3-gram", "4-gram", "repeated"});
  const auto add = [&](std::string_view name, const VarietyFigures& text) {
    if (text.texts == 0) return;
    std::vector<std::string> row{std::string(name), count_text(text.texts), count_text(text.words),
                                 fmt::format("{:.1f}x", text.compression())};
    for (std::size_t n = 0; n < text.grams.size(); ++n)
      row.push_back(percent(text.distinct[n], text.grams[n]));
    row.push_back(percent(text.repeats, text.texts));
    table.add(std::move(row));
  };
  add("user", all.sessions.user_text);
  add("assistant", all.sessions.assistant_text);
  add("questions", all.questions.text);
  return "\n" + table.text(columns) +
         "n-gram: distinct of all, numbers alike; of the first million words, as gzip and repeats are.\n";
}

std::string left_out_text(const LeftOut& left_out) {
  if (left_out.empty()) return {};
  std::string text = "\nleft out:\n";
  for (const auto& [what, count] : left_out) text += fmt::format("  {} {}\n", count_text(count), what);
  return text;
}

}  // namespace

std::string stats_text(const Statistics& all, std::size_t columns) {
  return head(all) + spread_text(all, columns) + scenes_text(all.transactions, columns) +
         questions_text(all.questions, columns) + trivial_text(all, columns) + variety_text(all, columns) +
         left_out_text(all.left_out);
}

}  // namespace synthv1::cli
