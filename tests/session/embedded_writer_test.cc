// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/embedded_writer.h"

#include "synthv1/base/text.h"
#include "synthv1/session/check.h"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1 {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::uint64_t kSeeds = 30;

struct Limits {
  std::uint32_t min_turns, max_turns, min_scenes, max_scenes;
};

constexpr Limits kLimits[] = {{2, 2, 1, 10},     {2, 2, 50, 50},     {3, 3, 1, 10},   {3, 3, 50, 50},
                              {5, 10, 1, 10},    {5, 10, 50, 50},    {20, 50, 1, 10}, {20, 50, 50, 50},
                              {200, 200, 1, 10}, {200, 200, 50, 50}, {4, 7, 1, 3},    {99, 100, 50, 50}};

RecordPlan plan_with(const Limits& limits, Language language, std::uint64_t seed, std::uint32_t index = 0,
                     std::uint32_t num_sessions = 3) {
  const PlanOptions options{.language = language,
                            .num_sessions = num_sessions,
                            .min_turns = limits.min_turns,
                            .max_turns = limits.max_turns,
                            .min_scenes = limits.min_scenes,
                            .max_scenes = limits.max_scenes,
                            .dates = {Date::parse("2024-01-01").value(), Date::parse("2024-12-31").value()}};
  return make_record_plan(options, default_catalogue(), seed, index);
}

std::vector<Session> write(const RecordPlan& plan, std::uint64_t seed,
                           const Catalogue& catalogue = default_catalogue()) {
  EmbeddedWriter writer(catalogue, plan.sessions.front().language, seed);
  writer.begin_record(plan);
  std::vector<Session> sessions;
  for (const SessionPlan& session : plan.sessions) sessions.push_back(writer.write(session));
  return sessions;
}

std::string chunks_of(const RecordPlan& plan, const std::vector<Session>& sessions) {
  std::string text;
  for (std::size_t i = 0; i < sessions.size(); ++i)
    text += make_chunk(plan.sessions[i].date, sessions[i].turns) + "\n";
  return text;
}

void expect_good_turns(const SessionPlan& plan, const Session& session) {
  EXPECT_GE(session.turns.size(), plan.min_turns);
  EXPECT_LE(session.turns.size(), plan.max_turns);
  for (std::size_t i = 0; i < session.turns.size(); ++i) {
    const std::string& content = session.turns[i].content;
    EXPECT_EQ(session.turns[i].role, i % 2 == 0 ? Role::user : Role::assistant);
    EXPECT_FALSE(trim(content).empty());
    EXPECT_EQ(trim(content), content);
    EXPECT_TRUE(valid_utf8(content)) << content;
    EXPECT_EQ(content.find_first_of("\n\r\t\"{}[]|"), std::string::npos) << content;
    EXPECT_THAT(content, Not(HasSubstr("  "))) << content;
  }
}

void expect_good(const SessionPlan& plan, Session session) {
  expect_good_turns(plan, session);
  for (const Transaction& transaction : session.transactions) {
    EXPECT_EQ(transaction.date, plan.date);
    EXPECT_EQ(transaction.session_index, plan.index);
    EXPECT_FALSE(transaction.description.empty());
  }
  EXPECT_THAT(session.imperfections, IsEmpty());
  for (const SessionFault& fault : check_session(plan, session, default_catalogue())) {
    ADD_FAILURE() << fault.describe() << "\n" << make_chunk(plan.date, session.turns);
  }
}

class EmbeddedWriting : public testing::TestWithParam<std::tuple<Language, Limits>> {};

std::string name_of_case(const testing::TestParamInfo<std::tuple<Language, Limits>>& info) {
  const Limits& limits = std::get<1>(info.param);
  return fmt::format("{}_{}to{}_{}to{}", kLanguageNames[static_cast<std::size_t>(std::get<0>(info.param))],
                     limits.min_turns, limits.max_turns, limits.min_scenes, limits.max_scenes);
}

INSTANTIATE_TEST_SUITE_P(, EmbeddedWriting,
                         testing::Combine(testing::Values(Language::english, Language::chinese),
                                          testing::ValuesIn(kLimits)),
                         name_of_case);

TEST_P(EmbeddedWriting, EverySessionIsGood) {
  const auto& [language, limits] = GetParam();
  for (std::uint64_t seed = 0; seed < kSeeds && !HasFailure(); ++seed) {
    const RecordPlan plan = plan_with(limits, language, seed, static_cast<std::uint32_t>(seed % 7));
    const std::vector<Session> sessions = write(plan, seed);
    for (std::size_t i = 0; i < sessions.size(); ++i) expect_good(plan.sessions[i], sessions[i]);
  }
}

TEST_P(EmbeddedWriting, SamePlanSameBytes) {
  const auto& [language, limits] = GetParam();
  const RecordPlan plan = plan_with(limits, language, 5, 2);
  const std::string text = chunks_of(plan, write(plan, 5));
  write(plan_with(limits, language, 5, 1), 5);
  EXPECT_EQ(chunks_of(plan, write(plan, 5)), text);
  EXPECT_NE(chunks_of(plan, write(plan, 6)), text);
  const RecordPlan next = plan_with(limits, language, 5, 3);
  EXPECT_NE(chunks_of(next, write(next, 5)), text);
}

/// The default catalogue with these general phrases laid over it.
Catalogue with_general(std::string_view phrases) {
  std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                       default_catalogue_sources().end());
  sources.push_back({.name = "test.toml", .text = fmt::format("[en.general]\n{}\n", phrases)});
  auto catalogue = read_catalogue(sources);
  EXPECT_TRUE(catalogue) << catalogue.error().message;
  return std::move(*catalogue);
}

TEST(EmbeddedWriter, OnlyTheFirstSessionGreets) {
  const Catalogue catalogue =
      with_general("greet = [\"GREETING.\"]\nwelcome = [\"WELCOME.\"]\nopen = [\"OPENING.\"]");
  std::size_t opened = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const RecordPlan plan = plan_with({20, 30, 1, 5}, Language::english, seed, 0, 5);
    const std::vector<Session> sessions = write(plan, seed, catalogue);
    EXPECT_EQ(sessions[0].turns[0].content, "GREETING.");
    EXPECT_EQ(sessions[0].turns[1].content, "WELCOME.");
    for (std::size_t i = 1; i < sessions.size(); ++i) {
      const std::string chunk = make_chunk(plan.sessions[i].date, sessions[i].turns);
      EXPECT_THAT(chunk, Not(HasSubstr("GREETING")));
      opened += sessions[i].turns[0].content.starts_with("OPENING. ");
    }
  }
  EXPECT_NEAR(static_cast<double>(opened), 32, 8);
}

TEST(EmbeddedWriter, AFirstSessionWithoutRoomGreetsAndTells) {
  const Catalogue catalogue = with_general("greet = [\"GREETING.\"]");
  const RecordPlan plan = plan_with({2, 2, 1, 1}, Language::english, 1);
  const std::vector<Session> sessions = write(plan, 1, catalogue);
  EXPECT_THAT(sessions[0].turns[0].content, StartsWith("GREETING. "));
  EXPECT_THAT(sessions[1].turns[0].content, Not(HasSubstr("GREETING")));
}

TEST(EmbeddedWriter, SessionsDoNotRepeatEachOther) {
  for (const Language language : {Language::english, Language::chinese}) {
    const RecordPlan plan = plan_with({20, 50, 1, 10}, language, 3, 0, 30);
    std::set<std::string> first_turns, last_turns;
    for (const Session& session : write(plan, 3)) {
      first_turns.insert(session.turns.front().content);
      last_turns.insert(session.turns.back().content);
    }
    EXPECT_EQ(first_turns.size(), 30U);
    EXPECT_GE(last_turns.size(), 28U);
  }
}

TEST(EmbeddedWriter, TransactionsStandInTheOrderTold) {
  const RecordPlan plan = plan_with({20, 50, 5, 10}, Language::english, 4, 0, 20);
  for (const Session& session : write(plan, 4)) {
    EXPECT_TRUE(std::ranges::is_sorted(session.transactions, {}, &Transaction::turn));
  }
}

TEST(EmbeddedWriter, PricesLieWithinTheCatalogues) {
  const Catalogue& catalogue = default_catalogue();
  const RecordPlan plan = plan_with({50, 50, 10, 20}, Language::english, 6, 0, 40);
  for (const Session& session : write(plan, 6)) {
    for (const Transaction& transaction : session.transactions) {
      const auto pair = static_cast<std::size_t>(transaction.pair);
      const Group items = catalogue.phrases[0].subscenes[pair].items;
      const auto in_range = [&](const Item& item) {
        return item.low <= transaction.amount.minor() && transaction.amount.minor() <= item.high;
      };
      const auto first = catalogue.phrases[0].items.begin() + items.first;
      EXPECT_TRUE(std::any_of(first, first + items.count, in_range)) << format_money(transaction.amount);
    }
  }
}

TEST(EmbeddedWriter, ASubsceneWithoutPhrasesIsServedByTheGeneralOnes) {
  std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                       default_catalogue_sources().end());
  sources.push_back({.name = "test.toml", .text = R"(
[[scenes]]
name = "Garden"
zh = "花园"
subscenes = [{ name = "Plants", zh = "花草", price = [3, 3] }, { name = "Tools", zh = "工具" }]
)"});
  const Catalogue catalogue = read_catalogue(sources).value();
  for (const Language language : {Language::english, Language::chinese}) {
    RecordPlan plan = plan_with({20, 50, 1, 1}, language, 1, 0, 20);
    for (SessionPlan& session : plan.sessions) {
      session.pairs = {catalogue.find_pair("Garden", "Plants").value(),
                       catalogue.find_pair("Garden", "Tools").value()};
    }
    for (const Session& session : write(plan, 1, catalogue)) expect_good_turns(plan.sessions[0], session);
  }
}

}  // namespace
}  // namespace synthv1
