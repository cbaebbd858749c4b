// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/validate.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/dataset/write_record.h"
#include "tests/dataset/embedded_record.h"
#include "tests/dataset/small_record.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {

void PrintTo(const Fault& fault, std::ostream* out) {
  *out << "[" << name_of(fault.kind) << "] " << fault.field << ": " << fault.reason;
}

namespace {

using test::at;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FaultList check(const json::Value& record, const Catalogue& catalogue = default_catalogue()) {
  FaultList found;
  Validator(catalogue).check(record, found);
  return found;
}

TEST(Validate, PassesARecordWrittenByHand) {
  const FaultList found = check(test::small_record());
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(Validate, PassesTheExampleOfTheFormatsPage) {
  std::ifstream in(SOURCE_DIR "/docs/formats/dataset.md");
  const std::string page(std::istreambuf_iterator<char>(in), {});
  const std::size_t begin = page.rfind("```json\n") + 8;
  const std::string example = page.substr(begin, page.rfind("```") - begin);
  EXPECT_THAT(check(json::parse(example).value()).faults, IsEmpty());
}

TEST(Validate, PassesWhatTheEmbeddedWriterWrites) {
  for (const Language language : {Language::english, Language::chinese}) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      const std::string text = test::embedded_record({.language = language, .seed = seed});
      EXPECT_THAT(check(json::parse(text).value()).faults, IsEmpty()) << seed;
    }
  }
}

TEST(Validate, CountsWhatItSaw) {
  Validator validator(default_catalogue());
  FaultList found;
  const RecordCounts counts = validator.check(test::small_record(), found);
  EXPECT_EQ(counts.records, 1u);
  EXPECT_EQ(counts.sessions, 4u);
  EXPECT_EQ(counts.turns, 15u);
  EXPECT_EQ(counts.transactions, 9u);
  EXPECT_EQ(counts.questions, 10u);
}

TEST(Validate, AllowsFieldsOfOthersBehindOurs) {
  json::Value record = test::small_record();
  for (const char* path : {"", "questions[0]", "metadata", "metadata.transaction_events[0]"}) {
    at(record, path).as_object()->push_back({"source", json::Value::array()});
  }
  EXPECT_THAT(check(record).faults, IsEmpty());
}

TEST(Validate, ReadsAmountsExactlyHoweverTheyAreWritten) {
  json::Value record = test::small_record();
  at(record, "metadata.total_amount") = json::Value::number("5.51050E+2");
  at(record, "metadata.transaction_events[4].amount") = json::Value::number("36.80");
  EXPECT_THAT(check(record).faults, IsEmpty());
}

TEST(Validate, NotesWhatWasLeftImperfect) {
  json::Value record = test::small_record();
  at(record, "metadata.imperfections")
      .as_array()
      ->push_back(json::Value::string("session 3: turn_count: 3 turns"));
  const FaultList found = check(record);
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_THAT(found.notes, ElementsAre("session 3: turn_count: 3 turns"));
}

TEST(Validate, KeepsNothingOfTheRecordBefore) {
  Validator validator(default_catalogue());
  FaultList found;
  validator.check(json::parse(test::embedded_record({.seed = 5})).value(), found);
  validator.check(test::small_record(), found);
  EXPECT_THAT(found.faults, IsEmpty());
}

TEST(Validate, RefusesWhatIsNoRecord) {
  for (const char* text :
       {"1", "null", "[]", "{}", "\"x\"", R"({"task_id": "a", "questions": [], "chunks": []})"}) {
    const FaultList found = check(json::parse(text).value());
    ASSERT_EQ(found.faults.size(), 1u) << text;
    EXPECT_EQ(found.faults[0].kind, FaultKind::not_a_record) << text;
  }
}

TEST(Validate, RefusesARecordOfNothing) {
  const json::Value record =
      json::parse(R"({"task_id": null, "questions": null, "chunks": [], "metadata": 3})").value();
  EXPECT_GE(check(record).faults.size(), 4u);
}

}  // namespace
}  // namespace synthv1
