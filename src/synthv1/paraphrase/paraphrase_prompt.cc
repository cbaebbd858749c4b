// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/paraphrase_prompt.h"

#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::uint32_t kTokensAQuestion = 120;
constexpr std::uint32_t kTokensAtLeast = 256;
constexpr std::size_t kFaultsToldAQuestion = 3;

/// A fault as it may stand in a message: on one line, and without what would open a fence.
std::string quoted(std::string_view text) {
  std::string line = one_line(text, 200);
  std::replace(line.begin(), line.end(), '`', '\'');
  return line;
}

std::string told(std::span<const AskedQuestion> questions, std::span<const std::string> reply_faults) {
  std::vector<std::string> lines;
  for (const std::string& fault : reply_faults) lines.push_back("- " + quoted(fault));
  for (const AskedQuestion& question : questions) {
    for (std::size_t i = 0; i < std::min(question.faults.size(), kFaultsToldAQuestion); ++i) {
      lines.push_back(fmt::format("- id {}: {}", question.id, quoted(question.faults[i])));
    }
  }
  return join(lines, "\n");
}

std::string user_message(std::span<const AskedQuestion> questions, Language language,
                         const Catalogue& catalogue, const Refusals& refusals,
                         std::span<const std::string> reply_faults) {
  std::string text = catalogue.prompt("paraphrase_user", language);
  if (refusals.count > 0) {
    const std::string_view prompt = prompt_of(refusals.last);
    std::string retry = catalogue.prompt("paraphrase_retry", language);
    constexpr std::string_view kPlace = "{faults}";
    const std::size_t at = retry.find(kPlace);
    const std::string faults = prompt.empty()
                                   ? told(questions, reply_faults)
                                   : catalogue.prompt("paraphrase_" + std::string(prompt), language);
    if (at != std::string::npos) retry.replace(at, kPlace.size(), faults);
    text.append("\n\n").append(retry);
  }
  return text.append("\n\n```json\n").append(paraphrase_plan_json(questions, language)).append("\n```");
}

}  // namespace

std::string paraphrase_schema() {
  return R"({"type":"object","properties":{"questions":{"type":"array","items":{"type":"object","properties":)"
         R"({"id":{"type":"integer"},"question":{"type":"string"}},"required":["id","question"],)"
         R"("additionalProperties":false}}},"required":["questions"],"additionalProperties":false})";
}

std::string paraphrase_plan_json(std::span<const AskedQuestion> questions, Language language) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("task").string("paraphrase");
  writer.key("language").string(kLanguageNames[static_cast<std::size_t>(language)]);
  writer.key("questions").begin_array();
  for (const AskedQuestion& question : questions) {
    writer.begin_object().key("id").integer(question.id).key("question").string(question.text).end_object();
  }
  writer.end_array().end_object();
  return text;
}

ChatRequest paraphrase_request(std::span<const AskedQuestion> questions, Language language,
                               const Catalogue& catalogue, const Refusals& refusals,
                               std::span<const std::string> reply_faults) {
  const auto tokens = kTokensAQuestion * static_cast<std::uint32_t>(questions.size()) + kTokensAtLeast;
  return {.messages = {{"system", catalogue.prompt("paraphrase_system", language)},
                       {"user", user_message(questions, language, catalogue, refusals, reply_faults)}},
          .schema_name = "paraphrase",
          .schema = paraphrase_schema(),
          .max_tokens = tokens,
          .purpose = "paraphrase",
          .attempt = refusals.count};
}

}  // namespace synthv1
