// SPDX-License-Identifier: Apache-2.0
#include "tests/dataset/small_record.h"

#include "synthv1/base/error.h"
#include "synthv1/base/json_parse.h"

#include <algorithm>
#include <charconv>

namespace synthv1::test {

const std::string_view kSmallRecord = R"json({
  "task_id": "consumption_tracking_0badcafe",
  "questions": [
    {"qid": "synth_0badcafe_0", "query": "Can you tell me my total dining expenses in January 2024?",
     "answer": "73.50", "position": 3, "category": "time_range_scene_amount",
     "template": "How much was spent on Dining from 2024-01-01 to 2024-01-31?",
     "spec": {"select": "sum", "range": {"start": "2024-01-01", "end": "2024-01-31"}, "scenes": ["Dining"]},
     "evidence": [0, 1]},
    {"qid": "synth_0badcafe_1",
     "query": "How much was spent on Dining and Transportation altogether from 2024-01-05 to 2024-01-20?",
     "answer": "114.30", "position": 3, "category": "time_range_multiple_scenes_amount",
     "spec": {"select": "sum", "range": {"start": "2024-01-05", "end": "2024-01-20"},
              "scenes": ["Dining", "Transportation"]},
     "evidence": [0, 1, 2, 3, 4]},
    {"qid": "synth_0badcafe_2", "query": "How much was spent in total from 2024-01-20 to 2024-02-10?",
     "answer": "385.30", "position": 3, "category": "time_range_total_amount",
     "spec": {"select": "sum", "range": {"start": "2024-01-20", "end": "2024-02-10"}},
     "evidence": [2, 3, 4, 5, 6]},
    {"qid": "synth_0badcafe_3",
     "query": "Which spending category had the highest total from 2024-01-01 to 2024-01-31?",
     "answer": "Dining", "position": 3, "category": "max_scene",
     "spec": {"select": "argmax", "by": "scene", "of": "sum", "range": {"start": "2024-01-01", "end": "2024-01-31"}},
     "evidence": [0, 1, 2, 3, 4]},
    {"qid": "synth_0badcafe_4", "query": "On which date were there the most Transportation transactions?",
     "answer": "2024-01-20", "position": 3, "category": "max_frequency_date",
     "spec": {"select": "argmax", "by": "date", "of": "count", "scenes": ["Transportation"]},
     "evidence": [2, 3, 4]},
    {"qid": "synth_0badcafe_5",
     "query": "What was the amount of the largest single transaction from 2024-01-05 to 2024-02-10?",
     "answer": "299.00", "position": 3, "category": "max_single_amount",
     "spec": {"select": "max", "range": {"start": "2024-01-05", "end": "2024-02-10"}},
     "evidence": [0, 1, 2, 3, 4, 5, 6]},
    {"qid": "synth_0badcafe_6", "query": "How much was spent on Dining on 2024-02-10?",
     "answer": "45.50", "position": 3, "category": "single_date_scene_amount",
     "spec": {"select": "sum", "date": "2024-02-10", "scenes": ["Dining"]},
     "evidence": [6]},
    {"qid": "synth_0badcafe_7", "query": "How much was spent on Medical from 2024-01-01 to 2024-01-31?",
     "answer": "0.00", "position": 3, "category": "time_range_scene_amount",
     "spec": {"select": "sum", "range": {"start": "2024-01-01", "end": "2024-01-31"}, "scenes": ["Medical"]},
     "evidence": []},
    {"qid": "synth_0badcafe_8", "query": "How much was spent in total from 2024-01-05 to 2024-03-01?",
     "answer": "114.30", "position": 1, "category": "time_range_total_amount",
     "spec": {"select": "sum", "range": {"start": "2024-01-05", "end": "2024-03-01"}},
     "evidence": [0, 1, 2, 3, 4]},
    {"qid": "synth_0badcafe_9", "query": "How much was spent in total over everything recorded?",
     "answer": "551.05", "position": 3, "category": "total_amount",
     "spec": {"select": "sum"},
     "evidence": [0, 1, 2, 3, 4, 5, 6, 7, 8]}
  ],
  "chunks": [
    "[2024-01-05] User said, \"Hi, I want to keep track of what I spend.\"\n[2024-01-05] Assistant said, \"Of course, go ahead.\"\n[2024-01-05] User said, \"Lunch at the noodle place was 45.50 yuan.\"\n[2024-01-05] Assistant said, \"Noted, 45.50 yuan for lunch.\"\n[2024-01-05] User said, \"And a \"flat white\" for 28.\"",
    "[2024-01-20] User said, \"Two bus rides, 2 yuan there and 2 yuan back.\"\n[2024-01-20] Assistant said, \"Both noted.\"\n[2024-01-20] User said, \"Also a taxi for ¥36.80.\"\n[2024-01-20] User said, \"That makes 40.80 yuan today.\"",
    "[2024-02-10] User said, \"A dress for 299, my treat.\"\n[2024-02-10] Assistant said, \"Nice.\"\n[2024-02-10] User said, \"Dumplings afterwards, 45.50 again.\"",
    "[2024-03-01] User said, \"Cough medicine cost me 61.25 yuan.\"\n[2024-03-01] Assistant said, \"Get well soon.\"\n[2024-03-01] User said, \"And 31 for a latte.\""
  ],
  "metadata": {
    "num_sessions": 4, "num_turns": 15, "num_transactions": 9,
    "date_range": {"start": "2024-01-05", "end": "2024-03-01"},
    "scenes": ["Dining", "Transportation", "Shopping", "Entertainment", "Utilities", "Medical", "Education", "Other"],
    "total_amount": 551.05,
    "transaction_events": [
      {"date": "2024-01-05", "scene": "Dining", "subscene": "Restaurant", "amount": 45.5, "description": "noodles", "session_index": 0, "turn": 2},
      {"date": "2024-01-05", "scene": "Dining", "subscene": "Coffee", "amount": 28, "description": "flat white", "session_index": 0, "turn": 4},
      {"date": "2024-01-20", "scene": "Transportation", "subscene": "Bus", "amount": 2, "description": "bus ride", "session_index": 1, "turn": 0},
      {"date": "2024-01-20", "scene": "Transportation", "subscene": "Bus", "amount": 2, "description": "bus ride", "session_index": 1, "turn": 0},
      {"date": "2024-01-20", "scene": "Transportation", "subscene": "Taxi", "amount": 36.8, "description": "taxi", "session_index": 1, "turn": 2},
      {"date": "2024-02-10", "scene": "Shopping", "subscene": "Clothing", "amount": 299, "description": "dress", "session_index": 2, "turn": 0},
      {"date": "2024-02-10", "scene": "Dining", "subscene": "Restaurant", "amount": 45.5, "description": "dumplings", "session_index": 2, "turn": 2},
      {"date": "2024-03-01", "scene": "Medical", "subscene": "Medicine", "amount": 61.25, "description": "cough medicine", "session_index": 3, "turn": 0},
      {"date": "2024-03-01", "scene": "Dining", "subscene": "Coffee", "amount": 31, "description": "latte", "session_index": 3, "turn": 2}
    ],
    "language": "en", "seed": 18446744073709551615, "model": "builtin", "version": "0.1.0", "imperfections": []
  }
})json";

namespace {

/// The first step of a path ("questions", "[4]"), taken off it.
std::string_view take_step(std::string_view& path) {
  if (path.starts_with('.')) path.remove_prefix(1);
  const std::size_t end = path.starts_with('[') ? path.find(']') + 1 : path.find_first_of(".[");
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(step.size());
  return step;
}

std::size_t index_of(std::string_view step) {
  std::size_t index = 0;
  std::from_chars(step.data() + 1, step.data() + step.size(), index);
  return index;
}

json::Value& step_into(json::Value& value, std::string_view step) {
  json::Value* next = nullptr;
  if (!step.starts_with('[')) {
    next = value.find(step);
  } else if (value.as_array() != nullptr && index_of(step) < value.as_array()->size()) {
    next = &(*value.as_array())[index_of(step)];
  }
  check(next != nullptr, "the path leads to a value");
  return *next;
}

}  // namespace

json::Value small_record() { return json::parse(kSmallRecord).value(); }

json::Value& at(json::Value& record, std::string_view path) {
  json::Value* value = &record;
  while (!path.empty()) value = &step_into(*value, take_step(path));
  return *value;
}

void remove(json::Value& record, std::string_view path) {
  json::Value* value = &record;
  std::string_view step = take_step(path);
  for (; !path.empty(); step = take_step(path)) value = &step_into(*value, step);
  if (step.starts_with('[')) {
    value->as_array()->erase(value->as_array()->begin() + static_cast<std::ptrdiff_t>(index_of(step)));
  } else {
    std::erase_if(*value->as_object(), [&](const json::Value::Member& member) { return member.key == step; });
  }
}

void replace_text(json::Value& record, std::string_view path, std::string_view from, std::string_view to) {
  json::Value& value = at(record, path);
  std::string text = value.take_string();
  const std::size_t place = text.find(from);
  check(place != std::string::npos, "the text holds what is to be replaced");
  value = json::Value::string(text.replace(place, from.size(), to));
}

}  // namespace synthv1::test
