// SPDX-License-Identifier: Apache-2.0
// A record that is right in every respect, and one thing in it made wrong: each must be told, with its kind
// and place.
#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/dataset/validate.h"
#include "tests/dataset/small_record.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

using json::Value;
using test::at;

/// One change: `to`, as JSON, at a path; nothing at it; or, where `from` is given, `to` for `from` in its
/// text.
struct Edit {
  enum class Kind { set, remove, replace, add } kind;
  std::string_view path;
  std::string_view to;
  std::string_view from;
};

Edit set(std::string_view path, std::string_view json) { return {Edit::Kind::set, path, json, {}}; }
Edit drop(std::string_view path) { return {Edit::Kind::remove, path, {}, {}}; }
Edit swap(std::string_view path, std::string_view from, std::string_view to) {
  return {Edit::Kind::replace, path, to, from};
}
/// One more element at the end of a list.
Edit add(std::string_view path, std::string_view json) { return {Edit::Kind::add, path, json, {}}; }

struct Mutation {
  std::string_view name;
  std::vector<Edit> edits;
  FaultKind kind;
  std::string_view field;
};

const std::vector<Mutation>& mutations() {
  using enum FaultKind;
  static const std::vector<Mutation> table = {
      // Answers, evidence and what they are computed from.
      {"sum_off_by_a_cent", {set("questions[0].answer", R"("73.51")")}, answer, "questions[0].answer"},
      {"sum_of_several_scenes", {set("questions[1].answer", R"("114.20")")}, answer, "questions[1].answer"},
      {"total_of_a_range", {set("questions[2].answer", R"("385.31")")}, answer, "questions[2].answer"},
      {"other_scene", {set("questions[3].answer", R"("Medical")")}, answer, "questions[3].answer"},
      {"other_date", {set("questions[4].answer", R"("2024-01-05")")}, answer, "questions[4].answer"},
      {"second_largest", {set("questions[5].answer", R"("45.50")")}, answer, "questions[5].answer"},
      {"amount_of_another_day", {set("questions[6].answer", R"("31.00")")}, answer, "questions[6].answer"},
      {"not_zero", {set("questions[7].answer", R"("0.01")")}, answer, "questions[7].answer"},
      {"counts_later_sessions", {set("questions[8].answer", R"("551.05")")}, answer, "questions[8].answer"},
      {"total_of_everything", {set("questions[9].answer", R"("551.00")")}, answer, "questions[9].answer"},
      {"earlier_position", {set("questions[9].position", "2")}, answer, "questions[9].answer"},
      {"one_decimal", {set("questions[0].answer", R"("73.5")")}, form, "questions[0].answer"},
      {"with_currency", {set("questions[0].answer", R"("73.50 yuan")")}, form, "questions[0].answer"},
      {"thousands_comma", {set("questions[0].answer", R"("1,073.50")")}, form, "questions[0].answer"},
      {"number_for_text", {set("questions[0].answer", "73.50")}, type, "questions[0].answer"},
      {"scene_by_another_name", {set("questions[3].answer", R"("dining")")}, form, "questions[3].answer"},
      {"date_in_words", {set("questions[4].answer", R"("January 20")")}, form, "questions[4].answer"},
      {"no_answer", {drop("questions[5].answer")}, missing, "questions[5].answer"},
      {"evidence_missing", {drop("questions[1].evidence[2]")}, evidence, "questions[1].evidence"},
      {"evidence_too_much", {add("questions[1].evidence", "5")}, evidence, "questions[1].evidence"},
      {"evidence_twice", {set("questions[1].evidence[1]", "0")}, evidence, "questions[1].evidence"},
      {"evidence_unsorted",
       {set("questions[1].evidence[0]", "1"), set("questions[1].evidence[1]", "0")},
       evidence,
       "questions[1].evidence"},
      {"evidence_nowhere", {add("questions[7].evidence", "99")}, evidence, "questions[7].evidence"},
      {"evidence_gone", {drop("questions[7].evidence")}, missing, "questions[7].evidence"},
      {"evidence_negative", {set("questions[6].evidence[0]", "-1")}, form, "questions[6].evidence[0]"},
      {"tie",
       {set("questions[4].spec", R"({"select": "argmax", "by": "date", "of": "count",
         "range": {"start": "2024-02-10", "end": "2024-03-01"}, "scenes": ["Dining"]})"),
        set("questions[4].query",
            R"("On which date from 2024-02-10 to 2024-03-01 were there the most Dining transactions?")"),
        set("questions[4].answer", R"("2024-02-10")"), set("questions[4].evidence", "[6, 8]")},
       FaultKind::no_answer,
       "questions[4].answer"},
      {"tie_of_scenes",
       {set("metadata.transaction_events[4].amount", "69.5"), swap("chunks[1]", "¥36.80", "¥69.50"),
        swap("chunks[1]", "40.80", "73.50")},
       FaultKind::no_answer,
       "questions[3].answer"},
      {"maximum_of_nothing",
       {set("questions[5].spec.range", R"({"start": "2024-04-01", "end": "2024-04-30"})"),
        set("questions[5].query",
            R"("What was the amount of the largest single transaction from 2024-04-01 to 2024-04-30?")"),
        set("questions[5].answer", R"("0.00")"), set("questions[5].evidence", "[]")},
       FaultKind::no_answer,
       "questions[5].answer"},
      // Specs.
      {"spec_gone", {drop("questions[2].spec")}, missing, "questions[2].spec"},
      {"spec_scene_changed",
       {set("questions[6].spec.scenes[0]", R"("Medical")")},
       answer,
       "questions[6].answer"},
      {"spec_scene_changed_wording",
       {set("questions[6].spec.scenes[0]", R"("Medical")")},
       template_text,
       "questions[6].query"},
      {"spec_range_a_day_longer",
       {set("questions[2].spec.range.end", R"("2024-02-11")")},
       template_text,
       "questions[2].query"},
      {"spec_range_a_day_shorter",
       {set("questions[2].spec.range.end", R"("2024-02-09")")},
       answer,
       "questions[2].answer"},
      {"spec_range_reversed",
       {set("questions[2].spec.range", R"({"start": "2024-02-10", "end": "2024-01-20"})")},
       form,
       "questions[2].spec.range"},
      {"spec_range_of_one_day",
       {set("questions[2].spec.range.end", R"("2024-01-20")")},
       form,
       "questions[2].spec.range"},
      {"spec_range_half", {drop("questions[2].spec.range.end")}, missing, "questions[2].spec.range.end"},
      {"spec_no_such_day",
       {set("questions[2].spec.range.end", R"("2024-02-30")")},
       form,
       "questions[2].spec.range.end"},
      {"spec_range_dropped", {drop("questions[2].spec.range")}, category, "questions[2].spec"},
      {"spec_select_changed", {set("questions[2].spec.select", R"("max")")}, category, "questions[2].spec"},
      {"spec_measure_changed", {set("questions[3].spec.of", R"("count")")}, category, "questions[3].spec"},
      {"spec_too_many_scenes",
       {add("questions[6].spec.scenes", R"("Medical")")},
       category,
       "questions[6].spec"},
      {"spec_unknown_select",
       {set("questions[2].spec.select", R"("median")")},
       unknown,
       "questions[2].spec.select"},
      {"spec_unknown_scene",
       {set("questions[6].spec.scenes[0]", R"("Food")")},
       unknown,
       "questions[6].spec.scenes"},
      {"spec_unknown_part",
       {set("questions[9].spec", R"({"select": "sum", "merchant": "x"})")},
       unknown,
       "questions[9].spec.merchant"},
      {"spec_scenes_out_of_order",
       {set("questions[1].spec.scenes", R"(["Transportation", "Dining"])")},
       order,
       "questions[1].spec.scenes"},
      {"spec_scene_twice",
       {set("questions[1].spec.scenes", R"(["Dining", "Dining"])")},
       order,
       "questions[1].spec.scenes"},
      {"spec_empty_filter", {set("questions[1].spec.scenes", "[]")}, form, "questions[1].spec.scenes"},
      {"spec_by_of_a_sum",
       {set("questions[9].spec", R"({"select": "sum", "by": "scene"})")},
       unknown,
       "questions[9].spec.by"},
      // Wordings, categories, identifiers and order of questions.
      {"template_changed",
       {set("questions[0].template", R"("How much was spent on Dining from 2024-01-01 to 2024-01-30?")")},
       template_text,
       "questions[0].template"},
      {"template_gone", {drop("questions[0].template")}, template_text, "questions[0].query"},
      {"reworded_with_another_date",
       {set("questions[0].query", R"("Can you tell me my total dining expenses in February 2024?")")},
       wording,
       "questions[0].query"},
      {"reworded_without_its_date",
       {set("questions[0].query", R"("Can you tell me my total dining expenses?")")},
       wording,
       "questions[0].query"},
      {"reworded_with_another_scene",
       {set("questions[0].query", R"("Can you tell me my total medical expenses in January 2024?")")},
       wording,
       "questions[0].query"},
      {"query_empty", {set("questions[0].query", R"(" ")")}, form, "questions[0].query"},
      {"category_unknown", {set("questions[9].category", R"("total")")}, unknown, "questions[9].category"},
      {"category_of_another_type",
       {set("questions[9].category", R"("time_range_total_amount")")},
       category,
       "questions[9].spec"},
      {"qid_of_another_record",
       {set("questions[2].qid", R"("synth_0badcaff_2")")},
       identifier,
       "questions[2].qid"},
      {"qid_twice", {set("questions[2].qid", R"("synth_0badcafe_1")")}, identifier, "questions[2].qid"},
      {"question_gone", {drop("questions[2]")}, identifier, "questions[2].qid"},
      {"text_twice",
       {set("questions[8].query", R"("How much was spent in total over everything recorded?")")},
       duplicate,
       "questions[9].query"},
      {"asked_twice",
       {set("questions[8].spec", R"({"select": "sum"})"), set("questions[8].position", "3")},
       duplicate,
       "questions[9].spec"},
      {"position_behind_the_end", {set("questions[9].position", "4")}, index, "questions[9].position"},
      {"position_negative", {set("questions[9].position", "-1")}, form, "questions[9].position"},
      {"position_fraction", {set("questions[9].position", "3.0")}, form, "questions[9].position"},
      {"question_is_text", {set("questions[9]", R"("total")")}, type, "questions[9]"},
      {"question_fields_out_of_order",
       {set("questions[9]", R"({"query": "How much was spent in total over everything recorded?",
         "qid": "synth_0badcafe_9", "answer": "551.05", "position": 3, "category": "total_amount",
         "spec": {"select": "sum"}, "evidence": [0, 1, 2, 3, 4, 5, 6, 7, 8]})")},
       order,
       "questions[9]"},
      // Transactions.
      {"amount_changed",
       {set("metadata.transaction_events[1].amount", "29")},
       not_stated,
       "metadata.transaction_events[1].amount"},
      {"amount_changed_total",
       {set("metadata.transaction_events[1].amount", "29")},
       total,
       "metadata.total_amount"},
      {"amount_of_three_decimals",
       {set("metadata.transaction_events[1].amount", "28.001")},
       form,
       "metadata.transaction_events[1].amount"},
      {"amount_negative",
       {set("metadata.transaction_events[1].amount", "-28")},
       form,
       "metadata.transaction_events[1].amount"},
      {"amount_zero",
       {set("metadata.transaction_events[1].amount", "0.00")},
       form,
       "metadata.transaction_events[1].amount"},
      {"amount_text",
       {set("metadata.transaction_events[1].amount", R"("28")")},
       type,
       "metadata.transaction_events[1].amount"},
      {"amount_huge",
       {set("metadata.transaction_events[1].amount", "1e29")},
       form,
       "metadata.transaction_events[1].amount"},
      {"amounts_huge",
       {set("metadata.transaction_events[1].amount", "999999999999999.99"),
        set("metadata.transaction_events[2].amount", "999999999999999.99")},
       total,
       "metadata.total_amount"},
      {"turn_gone",
       {drop("metadata.transaction_events[0].turn")},
       missing,
       "metadata.transaction_events[0].turn"},
      {"turn_of_the_assistant",
       {set("metadata.transaction_events[0].turn", "3")},
       turn,
       "metadata.transaction_events[0].turn"},
      {"turn_nowhere",
       {set("metadata.transaction_events[0].turn", "99")},
       turn,
       "metadata.transaction_events[0].turn"},
      {"transaction_gone", {drop("metadata.transaction_events[8]")}, count, "metadata.num_transactions"},
      {"transaction_gone_session",
       {drop("metadata.transaction_events[4]")},
       unexplained_money,
       "chunks[1] turn 2"},
      {"scene_unknown",
       {set("metadata.transaction_events[0].scene", R"("Food")")},
       unknown,
       "metadata.transaction_events[0].scene"},
      {"subscene_of_another_scene",
       {set("metadata.transaction_events[0].subscene", R"("Taxi")")},
       unknown,
       "metadata.transaction_events[0].subscene"},
      {"scene_changed",
       {set("metadata.transaction_events[1].scene", R"("Medical")"),
        set("metadata.transaction_events[1].subscene", R"("Medicine")")},
       answer,
       "questions[0].answer"},
      {"description_empty",
       {set("metadata.transaction_events[0].description", R"("")")},
       form,
       "metadata.transaction_events[0].description"},
      {"description_gone",
       {drop("metadata.transaction_events[0].description")},
       missing,
       "metadata.transaction_events[0].description"},
      {"date_of_another_session",
       {set("metadata.transaction_events[0].date", R"("2024-01-20")")},
       date,
       "metadata.transaction_events[0].date"},
      {"session_behind_the_end",
       {set("metadata.transaction_events[8].session_index", "4")},
       index,
       "metadata.transaction_events[8].session_index"},
      {"transactions_out_of_order",
       {set("metadata.transaction_events[5].session_index", "3")},
       order,
       "metadata.transaction_events[6].session_index"},
      {"third_bus_ride",
       {add(
           "metadata.transaction_events",
           R"({"date": "2024-03-01", "scene": "Dining", "subscene": "Coffee", "amount": 31, "description": "latte",
                "session_index": 3, "turn": 2})")},
       not_stated,
       "metadata.transaction_events[9].amount"},
      {"transaction_fields_out_of_order",
       {set("metadata.transaction_events[1]",
            R"({"scene": "Dining", "date": "2024-01-05", "subscene": "Coffee", "amount": 28,
                "description": "flat white", "session_index": 0, "turn": 4})")},
       order,
       "metadata.transaction_events[1]"},
      {"field_before_ours",
       {set("metadata.transaction_events[1]",
            R"({"id": 1, "date": "2024-01-05", "scene": "Dining", "subscene": "Coffee", "amount": 28,
                "description": "flat white", "session_index": 0, "turn": 4})")},
       order,
       "metadata.transaction_events[1]"},
      // Chunks.
      {"amount_changed_in_the_chunk",
       {swap("chunks[0]", "was 45.50 yuan", "was 45.80 yuan")},
       not_stated,
       "metadata.transaction_events[0].amount"},
      {"stray_money",
       {swap("chunks[2]", "my treat", "and 12.50 yuan for the bag")},
       unexplained_money,
       "chunks[2] turn 0"},
      {"sum_off", {swap("chunks[1]", "40.80 yuan", "40.90 yuan")}, unexplained_money, "chunks[1] turn 3"},
      {"line_of_another_day",
       {swap("chunks[0]", "\n[2024-01-05] Assistant", "\n[2024-01-06] Assistant")},
       date,
       "chunks[0] turn 1"},
      {"line_without_a_date",
       {swap("chunks[0]", "\n[2024-01-05] Assistant", "\nAssistant")},
       line,
       "chunks[0] turn 1"},
      {"line_of_no_such_day",
       {swap("chunks[0]", "\n[2024-01-05] Assistant", "\n[2024-01-32] Assistant")},
       line,
       "chunks[0] turn 1"},
      {"other_role", {swap("chunks[0]", "Assistant said", "System said")}, line, "chunks[0] turn 1"},
      {"role_changed",
       {swap("chunks[0]", "User said, \"Lunch", "Assistant said, \"Lunch")},
       not_stated,
       "metadata.transaction_events[0].amount"},
      {"quote_gone", {swap("chunks[0]", "go ahead.\"", "go ahead.")}, line, "chunks[0] turn 1"},
      {"nothing_said", {swap("chunks[0]", "\"Of course, go ahead.\"", "\"\"")}, line, "chunks[0] turn 1"},
      {"line_break", {swap("chunks[0]", "Of course, go", "Of course,\ngo")}, line, "chunks[0] turn 1"},
      {"empty_line", {swap("chunks[0]", "\n", "\n\n")}, line, "chunks[0] turn 1"},
      {"chunk_empty", {set("chunks[0]", R"("")")}, line, "chunks[0] turn 0"},
      {"chunk_null", {set("chunks[0]", "null")}, type, "chunks[0]"},
      {"turn_gone_from_the_chunk",
       {swap("chunks[2]", "\n[2024-02-10] Assistant said, \"Nice.\"", "")},
       turn,
       "metadata.transaction_events[6].turn"},
      {"sessions_out_of_order",
       {set("chunks[0]", R"("[2024-01-20] User said, \"Lunch at the noodle place was 45.50 yuan.\"")")},
       date,
       "chunks[1]"},
      {"session_without_a_transaction",
       {add("chunks", R"("[2024-03-02] User said, \"Nothing today.\"")")},
       missing,
       "chunks[4]"},
      // Metadata.
      {"task_id_form", {set("task_id", R"("consumption_tracking_0BADCAFE")")}, form, "task_id"},
      {"task_id_short", {set("task_id", R"("consumption_tracking_0badcaf")")}, form, "task_id"},
      {"task_id_number", {set("task_id", "7")}, type, "task_id"},
      {"num_sessions", {set("metadata.num_sessions", "5")}, count, "metadata.num_sessions"},
      {"num_turns", {set("metadata.num_turns", "14")}, count, "metadata.num_turns"},
      {"num_transactions", {set("metadata.num_transactions", "10")}, count, "metadata.num_transactions"},
      {"num_turns_text", {set("metadata.num_turns", R"("15")")}, type, "metadata.num_turns"},
      {"first_date",
       {set("metadata.date_range.start", R"("2024-01-01")")},
       count,
       "metadata.date_range.start"},
      {"last_date", {set("metadata.date_range.end", R"("2024-12-31")")}, count, "metadata.date_range.end"},
      {"total_off_by_a_cent", {set("metadata.total_amount", "551.06")}, total, "metadata.total_amount"},
      {"total_binary", {set("metadata.total_amount", "551.0500000000001")}, form, "metadata.total_amount"},
      {"scene_not_listed", {drop("metadata.scenes[7]")}, catalogue, "metadata.scenes"},
      {"scenes_out_of_order", {set("metadata.scenes[7]", R"("Dining")")}, catalogue, "metadata.scenes"},
      {"language", {set("metadata.language", R"("fr")")}, unknown, "metadata.language"},
      {"language_gone", {drop("metadata.language")}, missing, "metadata.language"},
      {"seed_negative", {set("metadata.seed", "-1")}, form, "metadata.seed"},
      {"seed_too_large", {set("metadata.seed", "18446744073709551616")}, form, "metadata.seed"},
      {"model_empty", {set("metadata.model", R"("")")}, form, "metadata.model"},
      {"version_gone", {drop("metadata.version")}, missing, "metadata.version"},
      {"imperfections_gone", {drop("metadata.imperfections")}, missing, "metadata.imperfections"},
      {"imperfection_number", {set("metadata.imperfections", "[1]")}, type, "metadata.imperfections[0]"},
      {"metadata_list", {set("metadata", "[]")}, type, "metadata"},
  };
  return table;
}

void apply(const Edit& edit, Value& record) {
  switch (edit.kind) {
    case Edit::Kind::set:
      at(record, edit.path) = json::parse(edit.to).value();
      return;
    case Edit::Kind::remove:
      return test::remove(record, edit.path);
    case Edit::Kind::replace:
      return test::replace_text(record, edit.path, edit.from, edit.to);
    case Edit::Kind::add:
      at(record, edit.path).as_array()->push_back(json::parse(edit.to).value());
      return;
  }
}

std::string list(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    text.append("  [").append(name_of(fault.kind)).append("] ").append(fault.field).append(": ");
    text.append(fault.reason).append("\n");
  }
  return text;
}

FaultList check(const Value& record) {
  FaultList found;
  Validator(default_catalogue()).check(record, found);
  return found;
}

void PrintTo(const Mutation& mutation, std::ostream* out) { *out << mutation.name; }

class Mutations : public testing::TestWithParam<Mutation> {};

TEST_P(Mutations, IsTold) {
  Value record = test::small_record();
  for (const Edit& edit : GetParam().edits) apply(edit, record);
  const FaultList found = check(record);
  const bool told = std::ranges::any_of(found.faults, [](const Fault& fault) {
    return fault.kind == GetParam().kind && fault.field == GetParam().field && !fault.reason.empty();
  });
  EXPECT_TRUE(told) << "want [" << name_of(GetParam().kind) << "] " << GetParam().field << ", got\n"
                    << list(found.faults);
}

INSTANTIATE_TEST_SUITE_P(Table, Mutations, testing::ValuesIn(mutations()),
                         [](const auto& row) { return std::string(row.param.name); });

/// Calls `visit` with the path of every value in `value`.
void visit_paths(const Value& value, const std::string& path, const auto& visit) {
  if (!path.empty()) visit(path);
  if (const Value::Array* elements = value.as_array()) {
    for (std::size_t i = 0; i < elements->size(); ++i)
      visit_paths((*elements)[i], path + "[" + std::to_string(i) + "]", visit);
  }
  if (const Value::Object* members = value.as_object()) {
    for (const Value::Member& member : *members)
      visit_paths(member.value, path.empty() ? member.key : path + "." + member.key, visit);
  }
}

TEST(EveryField, MayNotBeMissing) {
  const Value good = test::small_record();
  visit_paths(good, "", [&](const std::string& path) {
    Value record = good;
    if (path == "questions[9]") return;  // nothing says how many questions there are
    test::remove(record, path);
    EXPECT_FALSE(check(record).faults.empty()) << path;
  });
}

TEST(EveryField, MayNotBeOfAnotherType) {
  const Value good = test::small_record();
  const std::vector<std::string_view> others = {"null", "-7.25",  "99999999999999999999",
                                                "\"\"", "[[[]]]", "{\"a\": {\"b\": []}}"};
  visit_paths(good, "", [&](const std::string& path) {
    for (const std::string_view other : others) {
      const Value replacement = json::parse(other).value();
      Value record = good;
      if (at(record, path) == replacement) continue;
      at(record, path) = replacement;
      EXPECT_FALSE(check(record).faults.empty()) << path << " = " << other;
    }
  });
}

}  // namespace
}  // namespace synthv1
