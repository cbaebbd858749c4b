// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate.h"
#include "tests/support/memory_files.h"

#include <cmath>
#include <functional>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::HasSubstr;

Date day(std::string_view text) { return Date::parse(text).value(); }

std::string refusal(const GenerateOptions& options, const Catalogue& catalogue = default_catalogue()) {
  MemoryFiles files;
  const auto checked = check_options(options, catalogue, files);
  EXPECT_THAT(files.texts, testing::IsEmpty());
  if (checked) return "accepted";
  EXPECT_EQ(checked.error().kind, ErrorKind::usage);
  return checked.error().message;
}

using Change = std::function<void(GenerateOptions&)>;

struct Case {
  Change change;
  std::string message;
};

const Case kRefused[] = {
    {[](auto& o) { o.plan.min_turns = 1; }, "--min_turns and --max_turns lie between 2 and 2000"},
    {[](auto& o) { o.plan.max_turns = 2001; }, "--min_turns and --max_turns lie between 2 and 2000"},
    {[](auto& o) { o.plan.min_turns = 51; }, "--min_turns=51 is more than --max_turns=50"},
    {[](auto& o) { o.plan.min_scenes = 0; }, "--min_scenes is at least 1"},
    {[](auto& o) { o.plan.min_scenes = 11; }, "--min_scenes=11 is more than --max_scenes=10"},
    {[](auto& o) { o.plan.min_scenes = o.plan.max_scenes = 51; },
     "--min_scenes=51, but the catalogue has 50"},
    {[](auto& o) { o.plan.dates.first = day("2025-01-01"); },
     "--start_date=2025-01-01 is after --end_date=2024-12-31"},
    {[](auto& o) { o.plan.num_sessions = 0; }, "--num_sessions is at least 1"},
    {[](auto& o) { o.plan.num_sessions = 367; },
     "--num_sessions=367 does not fit into the 366 days from 2024-01-01 to 2024-12-31"},
    {[](auto& o) {
       o.plan.num_sessions = 2;
       o.plan.dates.first = o.plan.dates.last;
     },
     "the 1 day from 2024-12-31"},
    {[](auto& o) { o.num_records = 0; }, "--num_records is at least 1"},
    {[](auto& o) { o.num_questions = 1'000'001; }, "--num_questions is at most 1000000"},
    {[](auto& o) { o.zero_answers = {.parts = 2, .of = 1}; }, "--zero_answers is a share between 0 and 1"},
    {[](auto& o) { o.zero_answers = {.parts = 0, .of = 0}; }, "--zero_answers is a share between 0 and 1"},
    {[](auto& o) {
       o.model = "m";
       o.rpm = 100'000'001;
     },
     "--rpm is at most 100000000"},
    {[](auto& o) {
       o.model = "m";
       o.tpm = 2'000'000'000'000;
     },
     "--tpm is at most 1000000000000"},
    {[](auto& o) { o.out = "x.txt"; }, "--out=x.txt: name a file that ends in .json or .jsonl"},
    {[](auto& o) { o.out = ""; }, "--out="},
    {[](auto& o) {
       o.out = "x.jsonl";
       o.layout = LayoutChoice::array;
     },
     "--layout is for .json files"},
    {[](auto& o) {
       o.out = "-";
       o.layout = LayoutChoice::object;
     },
     "--layout is for .json files"},
    {[](auto& o) {
       o.num_records = 2;
       o.layout = LayoutChoice::object;
     },
     "--layout=object holds one record, not 2"},
    {[](auto& o) { o.model = ""; }, "--model is empty"},
    {[](auto& o) { o.base_url = "localhost:8000"; }, "--base_url: "},
    {[](auto& o) { o.llm_concurrency = 0; }, "--llm_concurrency lies between 1 and 65536"},
    {[](auto& o) { o.llm_concurrency = 65'537; }, "--llm_concurrency lies between 1 and 65536"},
    {[](auto& o) { o.temperature = -0.1; }, "--temperature lies between 0 and 2"},
    {[](auto& o) { o.temperature = std::nan(""); }, "--temperature lies between 0 and 2"},
    {[](auto& o) { o.api_key = "sk-1\r\nX: y"; }, "the API key has a line break inside"},
};

const Change kAccepted[] = {
    [](auto&) {},
    [](auto& o) { o.plan.min_turns = o.plan.max_turns = 2; },
    [](auto& o) { o.plan.max_turns = 2000; },
    [](auto& o) { o.plan.min_scenes = o.plan.max_scenes = 50; },
    [](auto& o) { o.plan.max_scenes = 1000; },
    [](auto& o) { o.plan.num_sessions = 366; },
    [](auto& o) { o.num_questions = 0; },
    [](auto& o) { o.zero_answers = {.parts = 1, .of = 1}; },
    [](auto& o) { o.zero_answers = {.parts = 0, .of = 1}; },
    [](auto& o) { o.out = "-"; },
    [](auto& o) { o.out = "x.jsonl"; },
    [](auto& o) { o.layout = LayoutChoice::object; },
    [](auto& o) { o.plan.language = Language::chinese; },
    [](auto& o) { o.temperature = 2; },
    [](auto& o) {
      o.model = "builtin";
      o.base_url = "no url";
      o.llm_concurrency = 0;
    },
};

TEST(CheckOptions, NamesTheFlagAndTheCure) {
  for (const Case& each : kRefused) {
    GenerateOptions options;
    each.change(options);
    EXPECT_THAT(refusal(options), HasSubstr(each.message));
  }
}

TEST(CheckOptions, PassesWhatCanBeDone) {
  for (const Change& change : kAccepted) {
    GenerateOptions options;
    change(options);
    EXPECT_EQ(refusal(options), "accepted");
  }
}

TEST(CheckOptions, TheKeyIsNotRepeated) {
  GenerateOptions options;
  options.api_key = "sk-1\nsecret";
  EXPECT_THAT(refusal(options), testing::Not(HasSubstr("sk-1")));
}

TEST(CheckOptions, AnOutputThatCannotBeWritten) {
  MemoryFiles files;
  files.fail_at = 0;
  EXPECT_THAT(check_options({}, default_catalogue(), files).error().message,
              HasSubstr("processed_synth.json"));
}

TEST(CheckOptions, EveryQuestionTypeNeedsAWordingInTheLanguage) {
  std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                       default_catalogue_sources().end());
  sources.push_back({.name = "mine.toml",
                     .text = "[[question_types]]\nname = \"mean\"\nselect = \"average\"\n"
                             "en.question = \"What was the average?\"\n"});
  const Catalogue catalogue = read_catalogue(sources).value();
  GenerateOptions options;
  EXPECT_EQ(refusal(options, catalogue), "accepted");
  options.plan.language = Language::chinese;
  EXPECT_THAT(refusal(options, catalogue),
              HasSubstr("question type 'mean' has no wording in 'zh': add zh = {"));
}

TEST(LayoutOf, FollowsNameNumberAndChoice) {
  const auto layout = [](std::string out, std::uint32_t num_records,
                         LayoutChoice choice = LayoutChoice::automatic) {
    GenerateOptions options;
    options.out = std::move(out);
    options.num_records = num_records;
    options.layout = choice;
    return layout_of(options);
  };
  EXPECT_EQ(layout("x.json", 1), DatasetLayout::object);
  EXPECT_EQ(layout("x.json", 2), DatasetLayout::array);
  EXPECT_EQ(layout("x.json", 1, LayoutChoice::array), DatasetLayout::array);
  EXPECT_EQ(layout("x.json", 1, LayoutChoice::object), DatasetLayout::object);
  EXPECT_EQ(layout("x.jsonl", 1), DatasetLayout::lines);
  EXPECT_EQ(layout("-", 5), DatasetLayout::lines);
}

}  // namespace
}  // namespace synthv1::test
