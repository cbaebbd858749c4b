// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/run_identity.h"

#include <functional>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A change of the options and what is said of it.
struct Change {
  std::function<void(GenerateOptions&)> make;
  std::string says;
};

class RunIdentity : public testing::Test {
 protected:
  static GenerateOptions first() {
    GenerateOptions options;
    options.base_url = "http://a/v1";
    options.seed = 5;
    options.num_records = 3;
    return options;
  }
  std::vector<std::string> differences_of(const GenerateOptions& options) const {
    return differences(identity_of(first(), catalogue_), identity_of(options, catalogue_), options);
  }

  const Catalogue& catalogue_ = default_catalogue();
};

TEST_F(RunIdentity, T95EachOptionThatShapesTheDatasetIsNamed) {
  const std::vector<Change> changes = {
      {[](auto& o) { o.model = "other"; }, "--model=Qwen/Qwen3-30B-A3B-Instruct-2507 then, other now"},
      {[](auto& o) { o.base_url = "http://b/v1"; },
       "--base_url=http://a/v1 then, http://b/v1 now (if the server has only moved: --same_endpoint)"},
      {[](auto& o) { o.temperature = 0.5; }, "--temperature=0.8 then, 0.5 now"},
      {[](auto& o) { o.seed = 6; }, "--seed=5 then, 6 now"},
      {[](auto& o) { o.num_records = 2; }, "--num_records=3 then, 2 now (it may only grow)"},
      {[](auto& o) { o.plan.num_sessions = 30; }, "--num_sessions=50 then, 30 now"},
      {[](auto& o) { o.num_questions = 7; }, "--num_questions=100 then, 7 now"},
      {[](auto& o) { o.plan.min_turns = 7; }, "--min_turns=20 then, 7 now"},
      {[](auto& o) { o.plan.max_turns = 60; }, "--max_turns=50 then, 60 now"},
      {[](auto& o) { o.plan.min_scenes = 2; }, "--min_scenes=1 then, 2 now"},
      {[](auto& o) { o.plan.max_scenes = 4; }, "--max_scenes=10 then, 4 now"},
      {[](auto& o) { o.plan.dates.first = Date::parse("2024-01-02").value(); },
       "--start_date=2024-01-01 then, 2024-01-02 now"},
      {[](auto& o) { o.plan.dates.last = Date::parse("2024-12-30").value(); },
       "--end_date=2024-12-31 then, 2024-12-30 now"},
      {[](auto& o) { o.plan.language = Language::chinese; }, "--language=en then, zh now"},
      {[](auto& o) { o.zero_answers = {.parts = 2, .of = 10}; }, "--zero_answers=1/10 then, 2/10 now"},
      {[](auto& o) { o.diversify = false; }, "--no_diversify=false then, true now"},
      {[](auto& o) { o.max_retries = 6; }, "--max_retries=5 then, 6 now"},
      {[](auto& o) { o.strict = true; }, "--strict=false then, true now"},
      {[](auto& o) { o.layout = LayoutChoice::array; }, "--layout=auto then, array now"},
  };
  for (const Change& change : changes) {
    GenerateOptions options = first();
    change.make(options);
    EXPECT_THAT(differences_of(options), ElementsAre(change.says));
  }
  EXPECT_EQ(changes.size() + 1, identity_of(first(), catalogue_).size()) << "all but the catalogue are here";
}

TEST_F(RunIdentity, AnotherCatalogueIsNamed) {
  Catalogue other = catalogue_;
  other.hash = "abc";
  EXPECT_THAT(differences(identity_of(first(), catalogue_), identity_of(first(), other), first()),
              ElementsAre("--catalog=default then, abc now"));
}

TEST_F(RunIdentity, WhatShapesNothingMayChange) {
  GenerateOptions options = first();
  options.out = "elsewhere.jsonl";
  options.num_records = 4;
  options.llm_concurrency = 99;
  options.api_key = "another";
  options.threads = 3;
  options.client.deadlines.total = std::chrono::seconds(1);
  options.price_in = options.price_out = 1;
  options.budget = {.cost = 1, .tokens = 1, .requests = 1, .prices = {}};
  options.max_time = options.drain_timeout = std::chrono::milliseconds(5);
  EXPECT_THAT(differences_of(options), IsEmpty());
}

TEST_F(RunIdentity, AServerThatMovedIsNamed) {
  GenerateOptions options = first();
  options.base_url = "http://b/v1";
  options.same_endpoint = true;
  EXPECT_THAT(differences_of(options), IsEmpty());
  options.model = "other";
  EXPECT_EQ(differences_of(options).size(), 1U) << "of nothing else";
}

TEST_F(RunIdentity, T91WhatTheJournalHasLostIsNoDifference) {
  JournalMeta then = identity_of(first(), catalogue_);
  then.erase("strict");
  then.erase("seed");
  GenerateOptions options = first();
  options.strict = true;
  EXPECT_THAT(differences(then, identity_of(options, catalogue_), options), IsEmpty());
  EXPECT_THAT(lost_values(then, identity_of(options, catalogue_)), ElementsAre("--seed", "--strict"));
  options.seed_drawn = true;
  EXPECT_THAT(differences(then, identity_of(options, catalogue_), options),
              ElementsAre("--seed=(unknown) then, 5 now"));
}

TEST_F(RunIdentity, AllDifferencesAreSaid) {
  GenerateOptions options = first();
  options.seed = 6;
  options.strict = true;
  EXPECT_EQ(differences_of(options).size(), 2U);
}

}  // namespace
}  // namespace synthv1::test
