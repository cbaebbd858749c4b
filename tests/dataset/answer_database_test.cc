// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/answer_database.h"

#include "synthv1/base/random.h"
#include "synthv1/ledger/ledger.h"
#include "synthv1/question/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Outcome = SqlAnswer::Outcome;

Date day(std::string_view text) { return Date::parse(text).value(); }
SceneId scene(std::string_view name) { return default_catalogue().find_scene(name).value(); }

StoredTransaction spent(std::string_view date, std::string_view scene, std::string_view subscene,
                        std::string_view amount, std::uint32_t session) {
  return {.date = day(date),
          .pair = default_catalogue().find_pair(scene, subscene).value(),
          .amount = Money::parse(amount).value(),
          .description = "x",
          .session_index = session,
          .turn = 0};
}

/// Five expenses in three sessions.
AnswerDatabase small_database() {
  const std::vector<StoredTransaction> transactions = {spent("2024-01-30", "Dining", "Coffee", "10.00", 0),
                                                       spent("2024-01-30", "Dining", "Hot Pot", "50.01", 0),
                                                       spent("2024-02-01", "Medical", "Dental", "60.01", 1),
                                                       spent("2024-02-01", "Dining", "Coffee", "10.00", 1),
                                                       spent("2024-03-05", "Other", "Pet", "20.00", 2)};
  AnswerDatabase database;
  database.load(transactions, default_catalogue());
  return database;
}

TEST(AnswerDatabase, Sums) {
  AnswerDatabase database = small_database();
  EXPECT_EQ(database.answer({.select = Select::sum}, 2).text, "150.02");
  EXPECT_EQ(database.answer({.select = Select::sum, .scenes = {scene("Dining")}}, 2).text, "70.01");
  EXPECT_EQ(database.answer({.select = Select::sum, .scenes = {scene("Shopping")}}, 2).text, "0.00");
  EXPECT_EQ(database.answer({.select = Select::sum, .date = day("2024-02-01")}, 2).text, "70.01");
}

TEST(AnswerDatabase, IncludesBothEndsOfARange) {
  AnswerDatabase database = small_database();
  const QuestionSpec spec{.range = DateRange{day("2024-01-30"), day("2024-02-01")}};
  EXPECT_EQ(database.answer(spec, 2).text, "130.02");
  EXPECT_THAT(database.answer(spec, 2).evidence, ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(database.answer({.range = DateRange{day("2024-01-31"), day("2024-02-29")}}, 2).text, "70.01");
}

TEST(AnswerDatabase, CountsNoSessionBehindThePosition) {
  AnswerDatabase database = small_database();
  EXPECT_EQ(database.answer({}, 0).text, "60.01");
  EXPECT_EQ(database.answer({}, 1).text, "130.02");
  EXPECT_THAT(database.answer({}, 0).evidence, ElementsAre(0, 1));
}

TEST(AnswerDatabase, CountsAveragesAndExtremes) {
  AnswerDatabase database = small_database();
  EXPECT_EQ(database.answer({.select = Select::count}, 2).text, "5");
  EXPECT_EQ(database.answer({.select = Select::count, .scenes = {scene("Shopping")}}, 2).text, "0");
  EXPECT_EQ(database.answer({.select = Select::max}, 2).text, "60.01");
  EXPECT_EQ(database.answer({.select = Select::min}, 2).text, "10.00");
  EXPECT_EQ(database.answer({.select = Select::average, .scenes = {scene("Dining")}}, 2).text, "23.34");
}

TEST(AnswerDatabase, RoundsAveragesHalfUp) {
  AnswerDatabase database = small_database();
  EXPECT_EQ(database.answer({.select = Select::average, .date = day("2024-01-30")}, 2).text,
            "30.01");  // 30.005
}

TEST(AnswerDatabase, FindsTheLeadingGroup) {
  AnswerDatabase database = small_database();
  const auto leader = [&](GroupBy by, Measure of) {
    return database.answer({.select = Select::argmax, .by = by, .of = of}, 2);
  };
  EXPECT_EQ(leader(GroupBy::scene, Measure::sum).text, "Dining");
  EXPECT_EQ(leader(GroupBy::scene, Measure::count).text, "Dining");
  EXPECT_EQ(leader(GroupBy::date, Measure::sum).text, "2024-02-01");
  EXPECT_EQ(leader(GroupBy::month, Measure::sum).text, "2024-02");
  EXPECT_EQ(leader(GroupBy::month, Measure::count).outcome, Outcome::tie);
  EXPECT_EQ(leader(GroupBy::date, Measure::count).outcome, Outcome::tie);
}

TEST(AnswerDatabase, HasNoAnswerWhereNothingIsSelected) {
  AnswerDatabase database = small_database();
  for (const Select select : {Select::average, Select::max, Select::min}) {
    EXPECT_EQ(database.answer({.select = select, .scenes = {scene("Shopping")}}, 2).outcome,
              Outcome::nothing);
  }
  const QuestionSpec argmax{.select = Select::argmax, .by = GroupBy::scene, .date = day("2024-05-05")};
  EXPECT_EQ(database.answer(argmax, 2).outcome, Outcome::nothing);
  EXPECT_THAT(database.answer(argmax, 2).evidence, IsEmpty());
}

TEST(AnswerDatabase, LoadsInPlaceOfWhatItHeld) {
  AnswerDatabase database = small_database();
  database.load(std::vector{spent("2024-01-01", "Other", "Pet", "1.00", 0)}, default_catalogue());
  EXPECT_EQ(database.answer({}, 5).text, "1.00");
  database.load({}, default_catalogue());
  EXPECT_EQ(database.answer({}, 5).text, "0.00");
}

/// Random ledgers and specs, answered both ways.
class BothWays {
 public:
  explicit BothWays(std::uint64_t seed) : random_(seed) {
    const std::uint64_t sessions = 1 + random_.below(8);
    for (std::uint32_t session = 0; session < sessions; ++session) {
      const Date date = day("2024-02-27") + std::chrono::days(3 * session);
      for (std::uint64_t i = random_.below(6); i > 0; --i) add(date, session);
    }
    database_.load(stored_, catalogue_);
  }

  void compare() {
    const QuestionSpec spec = draw_spec();
    const auto position = static_cast<std::uint32_t>(random_.below(9));
    std::vector<Transaction> heard;
    for (const Transaction& transaction : transactions_) {
      if (transaction.session_index <= position) heard.push_back(transaction);
    }
    const Ledger ledger(heard, catalogue_);
    const auto right = synthv1::answer(ledger, spec);
    const SqlAnswer in_sql = database_.answer(spec, position);
    EXPECT_EQ(right.has_value(), in_sql.outcome == Outcome::one);
    EXPECT_EQ(right ? format_answer(*right, catalogue_) : in_sql.text, in_sql.text);
    EXPECT_EQ(synthv1::evidence(ledger, spec), in_sql.evidence);
  }

 private:
  void add(Date date, std::uint32_t session) {
    const auto pair = static_cast<PairId>(random_.below(12));
    const Money amount = Money::from_minor(static_cast<std::int64_t>(1 + random_.below(5)));
    transactions_.push_back({.date = date, .pair = pair, .amount = amount, .session_index = session});
    stored_.push_back({.date = date, .pair = pair, .amount = amount, .session_index = session});
  }

  Date draw_date() { return day("2024-02-25") + std::chrono::days(random_.below(30)); }

  template <class Id>
  std::vector<Id> draw_ids(std::uint64_t below) {
    std::vector<Id> ids;
    for (std::uint64_t id = 0; id < below; ++id) {
      if (random_.below(4) == 0) ids.push_back(static_cast<Id>(id));
    }
    return ids;
  }

  QuestionSpec draw_spec() {
    QuestionSpec spec;
    spec.select = static_cast<Select>(random_.below(kSelectNames.size()));
    if (spec.select == Select::argmax) spec.by = static_cast<GroupBy>(1 + random_.below(3));
    if (spec.select == Select::argmax) spec.of = static_cast<Measure>(random_.below(2));
    const Date a = draw_date(), b = draw_date();
    if (random_.below(2) == 0) spec.range = DateRange{std::min(a, b), std::max(a, b)};
    if (random_.below(6) == 0) spec.date = draw_date();
    if (random_.below(2) == 0) spec.scenes = draw_ids<SceneId>(3);
    if (random_.below(3) == 0) spec.subscenes = draw_ids<PairId>(14);
    return spec;
  }

  const Catalogue& catalogue_ = default_catalogue();
  RandomStream random_;
  std::vector<Transaction> transactions_;
  std::vector<StoredTransaction> stored_;
  AnswerDatabase database_;
};

TEST(AnswerDatabase, AgreesWithTheLedger) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    BothWays ways(seed);
    for (int i = 0; i < 60; ++i) {
      ways.compare();
      ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << ", question " << i;
    }
  }
}

}  // namespace
}  // namespace synthv1
