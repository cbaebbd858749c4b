// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/read_record.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/dataset/write_record.h"
#include "tests/dataset/embedded_record.h"
#include "tests/dataset/small_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using test::at;
using testing::ElementsAre;
using testing::IsEmpty;

struct Reading {
  FaultList found;
  StoredRecord record;
};

Reading read(const json::Value& value, const Catalogue& catalogue = default_catalogue()) {
  KnownCatalogues catalogues(catalogue);
  Reading reading;
  reading.record = read_record(value, catalogues, reading.found);
  return reading;
}

TEST(ReadRecord, ReadsEveryField) {
  const auto [found, record] = read(test::small_record());
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_EQ(record.task_id, "consumption_tracking_0badcafe");
  EXPECT_EQ(record.id, "0badcafe");
  ASSERT_EQ(record.questions.size(), 10u);
  const StoredQuestion& question = record.questions[1];
  EXPECT_EQ(question.qid, "synth_0badcafe_1");
  EXPECT_EQ(question.answer, "114.30");
  EXPECT_EQ(question.position, 3u);
  EXPECT_EQ(question.category, "time_range_multiple_scenes_amount");
  EXPECT_EQ(question.template_query, std::nullopt);
  EXPECT_THAT(*question.evidence, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_EQ(question.spec->select, Select::sum);
  EXPECT_EQ(format_date(question.spec->range->last), "2024-01-20");
  EXPECT_THAT(question.spec->scenes, ElementsAre(SceneId{0}, SceneId{1}));
  const StoredTransaction& transaction = record.transactions[7];
  EXPECT_EQ(format_date(*transaction.date), "2024-03-01");
  EXPECT_EQ(transaction.pair, default_catalogue().find_pair("Medical", "Medicine"));
  EXPECT_EQ(transaction.amount, Money::from_minor(6125));
  EXPECT_EQ(transaction.description, "cough medicine");
  EXPECT_EQ(transaction.session_index, 3u);
  EXPECT_EQ(transaction.turn, 0u);
  EXPECT_EQ(record.metadata.seed, 18446744073709551615u);
  EXPECT_EQ(record.metadata.total_amount, Money::from_minor(55105));
  EXPECT_EQ(record.catalogue.get(), &default_catalogue());
}

TEST(ReadRecord, KeepsWhatCouldNotBeReadAtItsPlace) {
  json::Value value = test::small_record();
  at(value, "chunks[1]") = json::Value();
  at(value, "questions[2].answer") = json::Value::integer(3);
  at(value, "metadata.transaction_events[3]") = json::Value::array();
  const auto [found, record] = read(value);
  EXPECT_EQ(found.faults.size(), 3u);
  EXPECT_EQ(record.chunks.size(), 4u);
  EXPECT_FALSE(record.chunks[1]);
  EXPECT_FALSE(record.questions[2].answer);
  EXPECT_TRUE(record.questions[2].query);
  EXPECT_FALSE(record.transactions[3].amount);
  EXPECT_TRUE(record.transactions[4].amount);
  EXPECT_FALSE(record.to_record());
}

TEST(ReadRecord, ReadsSpecsOfEveryKind) {
  json::Value value = test::small_record();
  at(value, "questions[9].spec") = json::parse(R"({"select": "argmax", "by": "month", "of": "count",
      "date": "2024-01-05", "subscenes": [["Dining", "Coffee"], ["Other", "Pet"]]})")
                                       .value();
  const auto [found, record] = read(value);
  EXPECT_THAT(found.faults, IsEmpty());
  const QuestionSpec& spec = *record.questions[9].spec;
  EXPECT_EQ(spec.by, GroupBy::month);
  EXPECT_EQ(spec.of, Measure::count);
  EXPECT_EQ(format_date(*spec.date), "2024-01-05");
  EXPECT_EQ(spec.subscenes.size(), 2u);
}

/// The record as our own writer writes it.
std::string written(const StoredRecord& record) {
  std::string text;
  append_record(text, record.to_record().value(), record.provenance().value(), *record.catalogue,
                RecordStyle::one_line);
  return text;
}

TEST(ReadRecord, GivesBackWhatWasWritten) {
  for (const Language language : {Language::english, Language::chinese}) {
    const std::string text = test::embedded_record({.language = language, .seed = 11});
    EXPECT_EQ(written(read(json::parse(text).value()).record), text);
  }
}

TEST(ReadRecord, GivesBackARecordOfAnotherCatalogue) {
  std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                       default_catalogue_sources().end());
  sources.push_back({"mine",
                     "[[scenes]]\nname = \"Garden\"\nzh = \"花园\"\n"
                     "subscenes = [{ name = \"Seeds\", zh = \"种子\" }]\n"});
  const Catalogue mine = read_catalogue(sources).value();
  const std::string text = test::embedded_record({.seed = 12, .catalogue = mine});
  const Reading alone = read(json::parse(text).value());
  EXPECT_THAT(alone.found.faults, IsEmpty());
  EXPECT_TRUE(alone.record.catalogue->find_pair("Garden", "Seeds"));
  EXPECT_EQ(alone.record.catalogue->scene_name(alone.record.catalogue->find_scene("Garden").value(),
                                               Language::chinese),
            "花园");
  EXPECT_EQ(written(alone.record), text);
  EXPECT_EQ(read(json::parse(text).value(), mine).record.catalogue.get(), &mine);
}

TEST(ReadRecord, RefusesACatalogueThatDoesNotHoldTogether) {
  const std::string_view wrong[] = {
      R"(7)",
      R"({"hash": "x", "pairs": [["A", "B"]], "chinese": ["a"]})",
      R"({"hash": "0123456789abcdef", "pairs": [], "chinese": []})",
      R"({"hash": "0123456789abcdef", "pairs": [["A", "B"], ["A", "B"]], "chinese": ["a"]})",
      R"({"hash": "0123456789abcdef", "pairs": [["A"]], "chinese": ["a"]})",
      R"({"hash": "0123456789abcdef", "pairs": [["A", 1]], "chinese": ["a"]})",
      R"({"hash": "0123456789abcdef", "pairs": [["A", "B"]], "chinese": ["a", "b"]})",
      R"({"hash": "0123456789abcdef", "pairs": [["A", "B"]]})",
  };
  for (const std::string_view text : wrong) {
    json::Value value = test::small_record();
    at(value, "metadata").as_object()->push_back({"catalogue", json::parse(text).value()});
    const Reading reading = read(value);
    ASSERT_FALSE(reading.found.faults.empty()) << text;
    EXPECT_TRUE(reading.found.faults[0].field.starts_with("metadata.catalogue"))
        << reading.found.faults[0].field;
  }
}

TEST(IdOf, TakesEightSmallHexDigits) {
  EXPECT_EQ(id_of("consumption_tracking_0badcafe"), "0badcafe");
  for (const std::string_view text :
       {"", "0badcafe", "consumption_tracking_", "consumption_tracking_0badcafg",
        "consumption_tracking_0badcafe0", "consumption_tracking_0BADCAFE"}) {
    EXPECT_EQ(id_of(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace synthv1
