// SPDX-License-Identifier: Apache-2.0
// Statistics of records made by hand, against figures counted by hand.
#include "synthv1/base/json_parse.h"
#include "synthv1/report/statistics_collector.h"
#include "synthv1/report/statistics_json.h"
#include "tests/report/hand_made.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

Statistics statistics_of(std::initializer_list<std::string> records) {
  StatisticsCollector collector(default_catalogue());
  for (const std::string& record : records) collector.add(*json::parse(record));
  return collector.finish();
}

const Statistics& both() {
  static const Statistics statistics = statistics_of({kOneRecord, kOthersRecord});
  return statistics;
}

std::uint64_t correct(const Statistics& statistics, std::string_view name) {
  for (const TrivialScore& score : statistics.trivial) {
    if (score.name == name) return score.correct_in_all;
  }
  return 99;
}

MATCHER_P(Bins, counts, "") {
  std::vector<std::uint64_t> found;
  for (const Bin& bin : arg) found.push_back(bin.count);
  return found == counts;
}

TEST(Statistics, CountSessionsAndTurns) {
  const SessionStatistics& sessions = both().sessions;
  EXPECT_EQ(both().records, 2U);
  EXPECT_EQ(sessions.sessions, 4U);
  EXPECT_EQ(sessions.turns, 10U);
  EXPECT_EQ(sessions.user_turns, 5U);
  EXPECT_EQ(sessions.turns_a_session.least, 2);
  EXPECT_EQ(sessions.turns_a_session.most, 4);
  EXPECT_DOUBLE_EQ(sessions.turns_a_session.mean, 2.5);
  EXPECT_EQ(sessions.sessions_a_record.least, 1);
  EXPECT_EQ(sessions.calendar.size(), 3U);
  EXPECT_EQ(sessions.calendar.at(*Date::parse("2024-01-05")), 2U);
}

TEST(Statistics, EstimateTokensOfChunks) {
  const Statistics one = statistics_of(
      {R"({"task_id": "x", "questions": [], "chunks": ["40 bytes of ASCII: a quarter of a token.", "午饭"],
      "metadata": {}})"});
  EXPECT_EQ(one.sessions.tokens_a_session.most, 10);
  EXPECT_EQ(one.sessions.tokens_a_session.least, 1);  // 0.7 a character
  EXPECT_EQ(one.sessions.tokens_a_record.most, 11);
}

TEST(Statistics, CountTransactionsBySceneAndMonth) {
  const TransactionStatistics& transactions = both().transactions;
  EXPECT_EQ(transactions.totals.count, 5U);
  EXPECT_EQ(format_money(transactions.totals.sum), "128.25");
  EXPECT_EQ(transactions.amounts.least, 250);
  EXPECT_EQ(transactions.amounts.median, 2000);
  EXPECT_EQ(transactions.amounts.p75, 4025);
  EXPECT_EQ(transactions.amounts.most, 4550);
  EXPECT_THAT(transactions.amount_bins, Bins(std::vector<std::uint64_t>{1, 0, 0, 4}));
  EXPECT_EQ(transactions.amount_bins.front().from, 200);
  ASSERT_EQ(transactions.scenes.size(), 2U);
  EXPECT_EQ(transactions.scenes[0].name, "Dining");
  EXPECT_EQ(transactions.scenes[0].totals, (Totals{Money::from_minor(8550), 3}));
  EXPECT_THAT(transactions.scenes[0].subscenes,
              ElementsAre(Pair("Coffee", Totals{Money::from_minor(4000), 2}),
                          Pair("Fast Food", Totals{Money::from_minor(4550), 1})));
  EXPECT_THAT(
      transactions.months,
      ElementsAre(Pair("2024-01", ElementsAre(Pair("Dining", Totals{Money::from_minor(8550), 3}),
                                              Pair("Transportation", Totals{Money::from_minor(250), 1}))),
                  Pair("2024-02", ElementsAre(Pair("Transportation", Totals{Money::from_minor(4025), 1})))));
}

TEST(Statistics, CountQuestionsByCategory) {
  const QuestionStatistics& questions = both().questions;
  EXPECT_EQ(questions.questions, 7U);
  EXPECT_EQ(questions.distinct_answers, 6U);
  EXPECT_EQ(questions.zero_answers, 2U);
  EXPECT_EQ(questions.reworded, 1U);
  EXPECT_EQ(questions.asked_early, 1U);
  ASSERT_EQ(questions.categories.size(), 4U);
  EXPECT_EQ(questions.categories[3].name, "time_range_scene_amount");
  EXPECT_EQ(questions.categories[3].questions, 3U);
  EXPECT_EQ(questions.categories[3].distinct_answers, 2U);
  EXPECT_EQ(questions.categories[3].commonest_answer, "0.00");
  EXPECT_EQ(questions.categories[3].commonest, 2U);
}

TEST(Statistics, MeasureHowFarBackTheEvidenceLies) {
  const EvidenceReach& evidence = both().questions.evidence;
  EXPECT_EQ(evidence.nearest.count, 4U);
  EXPECT_EQ(evidence.without, 2U);
  EXPECT_THAT(evidence.nearest_bins, Bins(std::vector<std::uint64_t>{3, 1}));  // 0 of q0, q1, q2; 1 of q5
  EXPECT_EQ(evidence.farthest.most, 2);
  EXPECT_EQ(evidence.farthest.least, 0);
  EXPECT_EQ(evidence.sessions.most, 3);
}

TEST(Statistics, ScoreTrivialAnswers) {
  EXPECT_EQ(correct(both(), "zero"), 2U);
  EXPECT_EQ(correct(both(), "commonest_scene"), 1U);  // q2, as of its position
  EXPECT_EQ(correct(both(), "last_amount"), 2U);      // q1 and the question of others, 45.5 or 45.50
  EXPECT_EQ(correct(both(), "last_session_sum"), 2U);
  EXPECT_EQ(correct(both(), "constant"), 2U);  // 0.00 twice; an answer that came once counts for nothing
  EXPECT_EQ(correct(both(), "best"), 5U);
}

TEST(Statistics, SayWhatIsMissing) {
  EXPECT_THAT(both().left_out, UnorderedElementsAre(Pair("questions without evidence", 1U)));
  EXPECT_THAT(statistics_of({kOneRecord}).left_out, IsEmpty());
}

TEST(Statistics, GuessNothingOfWhatCannotBeRead) {
  const Statistics odd =
      statistics_of({R"({"task_id": 7, "questions": [{"answer": "1"}, 5], "chunks": ["hello", 4],
      "metadata": {"transaction_events": [{"scene": "Dining"}, {"scene": "Moon", "subscene": "Base", "amount": 2}]}})"});
  EXPECT_EQ(odd.left_out.at("turns not of the form [2024-01-15] User said, \"...\""), 1U);
  EXPECT_EQ(odd.left_out.at("sessions without a date"), 1U);
  EXPECT_EQ(odd.left_out.at("chunks that are no text"), 1U);
  EXPECT_EQ(odd.left_out.at("transactions without an amount"), 1U);
  EXPECT_EQ(odd.left_out.at("transactions of a scene that the catalogue lacks"), 1U);
  EXPECT_EQ(odd.left_out.at("questions without a position"), 2U);
  EXPECT_EQ(odd.left_out.at("questions without a category"), 2U);
  EXPECT_EQ(odd.transactions.totals, (Totals{Money::from_minor(200), 1}));
  EXPECT_EQ(odd.questions.questions, 2U);
}

TEST(Statistics, EvidenceBehindTheQuestionIsLeftOut) {
  const Statistics odd = statistics_of({R"({"task_id": "x", "chunks": ["a", "b"],
      "questions": [{"qid": "q", "query": "?", "answer": "2.00", "position": 0, "category": "c", "evidence": [0]},
                    {"qid": "r", "query": "?", "answer": "2.00", "position": 0, "category": "c", "evidence": [9]}],
      "metadata": {"transaction_events": [{"amount": 2, "session_index": 1}]}})"});
  EXPECT_EQ(odd.left_out.at("questions whose evidence points to no transaction before them"), 2U);
  EXPECT_EQ(odd.questions.evidence.nearest.count, 0U);
}

TEST(StatisticsJson, HoldsTheFigures) {
  std::string text;
  json::Writer writer(text);
  write_statistics(writer, both());
  const auto value = json::parse(text);
  ASSERT_TRUE(value) << value.error().describe();
  const json::Value* transactions = value->find("transactions");
  EXPECT_EQ(transactions->find("sum")->as_number(), "128.25");
  EXPECT_EQ(transactions->find("amounts")->find("max")->as_number(), "45.50");
  EXPECT_EQ(transactions->find("amounts")->find("mean")->as_number(), "25.65");
  const json::Value& best = value->find("trivial")->as_array()->back();
  EXPECT_EQ(best.find("name")->as_string(), "best");
  EXPECT_EQ(best.find("accuracy")->as_number(), "0.7143");
  EXPECT_EQ(best.find("correct_by_category")->find("time_range_scene_amount")->as_int64(), 2);
  EXPECT_EQ(value->find("left_out")->find("questions without evidence")->as_int64(), 1);
}

}  // namespace
}  // namespace synthv1::test
