// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/read_results.h"

namespace synthv1 {

namespace {

std::optional<std::string> text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  const auto text = value == nullptr ? std::nullopt : value->as_string();
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<std::int64_t> whole_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? std::nullopt : value->as_int64();
}

std::optional<bool> truth_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? std::nullopt : value->as_bool();
}

}  // namespace

bool is_result(const json::Value& value) {
  return value.find("qid") != nullptr && value.find("correct") != nullptr;
}

RunResult read_result(const json::Value& value) {
  const bool correct = truth_of(value, "correct").value_or(false);
  return {.category = text_of(value, "category"),
          .status = text_of(value, "status").value_or(""),
          .correct = correct,
          .tolerant = truth_of(value, "tolerant").value_or(correct),
          .distance = whole_of(value, "distance"),
          .num_chunks = whole_of(value, "num_chunks")};
}

RunNames read_run_names(const json::Value& summary) {
  return {.agent = text_of(summary, "agent").value_or(""), .model = text_of(summary, "model").value_or("")};
}

}  // namespace synthv1
