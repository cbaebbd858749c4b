// SPDX-License-Identifier: Apache-2.0
#include "tests/report/hand_made.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"

namespace synthv1::test {

namespace {

/// As one line.
std::string line(std::string_view text) { return json::write(*json::parse(text)); }

}  // namespace

const std::string kOneRecord = line(R"json({
  "task_id": "consumption_tracking_0badcafe",
  "questions": [
    {"qid": "q0", "query": "How much in all?", "answer": "82.75", "position": 2, "category": "total_amount",
     "template": "How much was spent in total?", "evidence": [0, 1, 2, 3]},
    {"qid": "q1", "query": "How much for rides on 2024-02-10?", "answer": "40.25", "position": 2,
     "category": "single_date_scene_amount", "evidence": [3]},
    {"qid": "q2", "query": "Where did most go?", "answer": "Dining", "position": 1, "category": "max_scene",
     "evidence": [0, 1, 2]},
    {"qid": "q3", "query": "How much on Medical?", "answer": "0.00", "position": 2,
     "category": "time_range_scene_amount", "evidence": []},
    {"qid": "q4", "query": "How much on Education?", "answer": "0.00", "position": 2,
     "category": "time_range_scene_amount", "evidence": []},
    {"qid": "q5", "query": "How much on Dining?", "answer": "40.00", "position": 2,
     "category": "time_range_scene_amount", "evidence": [0, 2]}
  ],
  "chunks": [
    "[2024-01-05] User said, \"Coffee for 20.\"\n[2024-01-05] Assistant said, \"Noted.\"\n[2024-01-05] User said, \"Bus, 2.50.\"\n[2024-01-05] Assistant said, \"Noted.\"",
    "[2024-01-20] User said, \"Coffee for 30.\"\n[2024-01-20] Assistant said, \"Noted.\"",
    "[2024-02-10] User said, \"A taxi for 40.25.\"\n[2024-02-10] Assistant said, \"Well, noted.\""
  ],
  "metadata": {
    "transaction_events": [
      {"date": "2024-01-05", "scene": "Dining", "subscene": "Coffee", "amount": 20, "description": "coffee", "session_index": 0},
      {"date": "2024-01-05", "scene": "Transportation", "subscene": "Bus", "amount": 2.5, "description": "bus", "session_index": 0},
      {"date": "2024-01-20", "scene": "Dining", "subscene": "Coffee", "amount": 20, "description": "coffee", "session_index": 1},
      {"date": "2024-02-10", "scene": "Transportation", "subscene": "Taxi", "amount": 40.25, "description": "taxi", "session_index": 2}
    ],
    "language": "en", "model": "builtin"
  }
})json");

const std::string kOthersRecord = line(R"json({
  "task_id": "somebody_elses_1",
  "questions": [{"qid": "a", "query": "一共花了多少？", "answer": "45.5", "position": 0, "category": "total_amount"}],
  "chunks": ["[2024-01-05] User said, \"午饭45.50元。\"\n[2024-01-05] Assistant said, \"好的。\""],
  "metadata": {"transaction_events": [
    {"date": "2024-01-05", "scene": "Dining", "subscene": "Fast Food", "amount": 45.5, "description": "午饭", "session_index": 0}]}
})json");

}  // namespace synthv1::test
