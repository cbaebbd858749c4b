// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/session_prompt.h"

#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace synthv1 {

namespace {

/// Limits of OpenAI's structured output: values of all enumerations, and bytes of one.
constexpr std::size_t kMostEnumValues = 1000;
constexpr std::size_t kMostEnumText = 15'000;
constexpr std::size_t kMostFaultsTold = 10;
constexpr std::uint32_t kTokensATurn = 160;
constexpr std::uint32_t kTokensAPair = 80;
constexpr std::uint32_t kTokensAtLeast = 512;
constexpr std::uint32_t kMostTokens = 1'000'000;

using Names = std::vector<std::string_view>;

Names scene_names(const Catalogue& catalogue) {
  Names names;
  for (const Scene& scene : catalogue.scenes) names.push_back(scene.name);
  return names;
}

/// Without repeats: two scenes may have a subscene of one name.
Names subscene_names(const Catalogue& catalogue) {
  Names names;
  for (const Pair& pair : catalogue.pairs) {
    if (std::find(names.begin(), names.end(), pair.name) == names.end()) names.push_back(pair.name);
  }
  return names;
}

std::size_t text_size(const Names& names) {
  std::size_t size = 0;
  for (const std::string_view name : names) size += name.size();
  return size;
}

void write_text_type(json::Writer& writer, std::string_view key, const Names& values = {}) {
  writer.key(key).begin_object().key("type").string("string");
  if (!values.empty()) {
    writer.key("enum").begin_array();
    for (const std::string_view value : values) writer.string(value);
    writer.end_array();
  }
  writer.end_object();
}

/// Ends an object schema: all its properties are required and there are no others.
void close_object(json::Writer& writer, const Names& properties) {
  writer.end_object().key("required").begin_array();
  for (const std::string_view property : properties) writer.string(property);
  writer.end_array().key("additionalProperties").boolean(false).end_object();
}

json::Writer& open_object(json::Writer& writer) {
  return writer.begin_object().key("type").string("object").key("properties").begin_object();
}

json::Writer& open_items(json::Writer& writer, std::string_view key) {
  return writer.key(key).begin_object().key("type").string("array").key("items");
}

void replace(std::string& text, std::string_view place, std::string_view with) {
  const std::size_t at = text.find(place);
  if (at != std::string::npos) text.replace(at, place.size(), with);
}

/// Text of a reply as it may stand in a message: on one line, and without what would open a fence.
std::string quoted(std::string_view text) {
  std::string line = one_line(text, 120);
  std::replace(line.begin(), line.end(), '`', '\'');
  return line;
}

/// "turn 3" as the reply's own path.
std::string path_of(const std::string& where) {
  return where.starts_with("turn ") ? "dialogue[" + where.substr(5) + "]" : where;
}

std::string tell(const SessionFault& fault, Language language, const Catalogue& catalogue) {
  const std::string_view name = kSessionFaultNames[static_cast<std::size_t>(fault.kind)];
  std::string text = "- " + catalogue.prompt("fault_" + std::string(name), language);
  replace(text, "{where}", path_of(fault.where));
  replace(text, "{what}", quoted(fault.what));
  return text;
}

std::string tell_all(std::span<const SessionFault> faults, Language language, const Catalogue& catalogue) {
  std::vector<std::string> lines;
  for (const SessionFault& fault : faults.first(std::min(faults.size(), kMostFaultsTold))) {
    lines.push_back(tell(fault, language, catalogue));
  }
  return join(lines, "\n");
}

std::string what_was_wrong(const Refusals& refusals, std::span<const SessionFault> faults, Language language,
                           const Catalogue& catalogue) {
  const std::string_view prompt = prompt_of(refusals.last);
  if (prompt.empty()) return tell_all(faults, language, catalogue);
  return catalogue.prompt("session_" + std::string(prompt), language);
}

std::string user_message(const SessionPlan& plan, const Catalogue& catalogue, const Refusals& refusals,
                         std::span<const SessionFault> faults) {
  std::string text = catalogue.prompt(plan.first() ? "session_first" : "session_later", plan.language);
  if (refusals.count > 0) {
    std::string retry = catalogue.prompt("session_retry", plan.language);
    replace(retry, "{faults}", what_was_wrong(refusals, faults, plan.language, catalogue));
    text.append("\n\n").append(retry);
  }
  return text.append("\n\n```json\n").append(session_plan_json(plan, catalogue)).append("\n```");
}

/// Room for the longest session that the plan allows.
std::uint32_t tokens_for(const SessionPlan& plan) {
  const std::uint64_t tokens =
      std::uint64_t{kTokensATurn} * plan.max_turns + kTokensAPair * plan.pairs.size() + kTokensAtLeast;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(tokens, kMostTokens));
}

}  // namespace

std::string session_schema(const Catalogue& catalogue) {
  Names scenes = scene_names(catalogue);
  Names subscenes = subscene_names(catalogue);
  if (scenes.size() + subscenes.size() + 2 > kMostEnumValues || text_size(scenes) > kMostEnumText ||
      text_size(subscenes) > kMostEnumText) {
    scenes.clear();
    subscenes.clear();
  }
  std::string schema;
  json::Writer writer(schema);
  open_object(writer);
  open_object(open_items(writer, "dialogue"));
  write_text_type(writer, "role", {"user", "assistant"});
  write_text_type(writer, "content");
  close_object(writer, {"role", "content"});
  writer.end_object();
  open_object(open_items(writer, "transactions"));
  write_text_type(writer, "scene", scenes);
  write_text_type(writer, "subscene", subscenes);
  writer.key("amount").begin_object().key("type").string("number").end_object();
  write_text_type(writer, "description");
  close_object(writer, {"scene", "subscene", "amount", "description"});
  writer.end_object();
  close_object(writer, {"dialogue", "transactions"});
  return schema;
}

std::string session_plan_json(const SessionPlan& plan, const Catalogue& catalogue) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("task").string("session").key("date").string(format_date(plan.date));
  writer.key("language").string(kLanguageNames[static_cast<std::size_t>(plan.language)]);
  writer.key("first_session").boolean(plan.first());
  writer.key("min_turns").integer(plan.min_turns).key("max_turns").integer(plan.max_turns);
  writer.key("scenes").begin_array();
  for (const PairId pair : plan.pairs) {
    writer.begin_object().key("scene").string(catalogue.scene_of(pair).name);
    writer.key("subscene").string(catalogue.pair(pair).name).end_object();
  }
  writer.end_array().end_object();
  return text;
}

ChatRequest session_request(const SessionPlan& plan, const Catalogue& catalogue, const std::string& schema,
                            const Refusals& refusals, std::span<const SessionFault> faults) {
  return {.messages = {{"system", catalogue.prompt("session_system", plan.language)},
                       {"user", user_message(plan, catalogue, refusals, faults)}},
          .schema_name = "session",
          .schema = schema,
          .max_tokens = tokens_for(plan),
          .purpose = "session",
          .record = plan.record,
          .index = plan.index,
          .attempt = refusals.count};
}

}  // namespace synthv1
