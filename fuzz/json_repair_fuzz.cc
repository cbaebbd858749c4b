// SPDX-License-Identifier: Apache-2.0
// What is repaired is strict JSON and needs no repair; what is JSON is not changed, also inside prose.
#include "synthv1/base/error.h"
#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_repair.h"
#include "synthv1/base/json_write.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using synthv1::check;
using synthv1::Result;
namespace json = synthv1::json;

namespace {

bool is_full(const json::Value& value) {
  const json::Value::Object* members = value.as_object();
  return members && !members->empty();
}

void check_unchanged(std::string_view text, const json::Value& value, const json::RepairOutcome& outcome) {
  if (value.is_string()) return;  // may hold a document, which is unwrapped
  check(outcome.repairs.empty() && outcome.value == value, "JSON is not repaired");
  if (!is_full(value) || text.contains("</think>")) return;
  const Result<json::RepairOutcome> quoted = json::repair("Reply: " + std::string(text) + " Done.");
  check(quoted && quoted->value == value && !quoted->lossy(), "JSON inside prose is not changed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::expected<json::Value, json::ParseError> strict = json::parse(text);
  const Result<json::RepairOutcome> outcome = json::repair(text);
  check(outcome.has_value() || !strict.has_value(), "JSON is always read");
  if (!outcome) return 0;
  if (strict) check_unchanged(text, *strict, *outcome);
  check(strict.has_value() || !outcome->repairs.empty(), "a repair is named");

  const std::string written = json::write(outcome->value);
  const std::expected<json::Value, json::ParseError> again = json::parse(written);
  check(again && *again == outcome->value, "what is repaired is JSON");
  const Result<json::RepairOutcome> twice = json::repair(written);
  check(twice && (twice->repairs.empty() || again->is_string()), "what is repaired needs no repair");
  return 0;
}
