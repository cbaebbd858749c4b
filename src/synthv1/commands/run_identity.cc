// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/run_identity.h"

#include <charconv>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::array<std::string_view, 3> kLayoutNames = {"auto", "object", "array"};

std::uint64_t number_of(const std::string& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool may_differ(const std::string& name, const std::string& then, const std::string& now,
                const RunOptions& options) {
  if (name == "num_records") return number_of(now) >= number_of(then);
  return name == "base_url" && options.same_endpoint;
}

std::string_view cure_of(const std::string& name) {
  if (name == "num_records") return " (it may only grow)";
  return name == "base_url" ? " (if the server has only moved: --same_endpoint)" : "";
}

}  // namespace

JournalMeta identity_of(const GenerateOptions& options, const Catalogue& catalogue) {
  const PlanOptions& plan = options.plan;
  const auto text = [](const auto& value) { return fmt::format("{}", value); };
  return {{"model", options.model},
          {"base_url", options.base_url},
          {"temperature", text(options.temperature)},
          {"seed", text(options.seed)},
          {"num_records", text(options.num_records)},
          {"num_sessions", text(plan.num_sessions)},
          {"num_questions", text(options.num_questions)},
          {"min_turns", text(plan.min_turns)},
          {"max_turns", text(plan.max_turns)},
          {"min_scenes", text(plan.min_scenes)},
          {"max_scenes", text(plan.max_scenes)},
          {"start_date", format_date(plan.dates.first)},
          {"end_date", format_date(plan.dates.last)},
          {"language", std::string(kLanguageNames[static_cast<std::size_t>(plan.language)])},
          {"zero_answers", fmt::format("{}/{}", options.zero_answers.parts, options.zero_answers.of)},
          {"no_diversify", text(!options.diversify)},
          {"max_retries", text(options.max_retries)},
          {"strict", text(options.strict)},
          {"layout", std::string(kLayoutNames[static_cast<std::size_t>(options.layout)])},
          {"catalog", catalogue.hash.empty() ? "default" : catalogue.hash}};
}

std::vector<std::string> differences(const JournalMeta& then, const JournalMeta& now_values,
                                     const RunOptions& options) {
  std::vector<std::string> found;
  for (const auto& [name, now] : now_values) {
    const auto kept = then.find(name);
    // Keys are of what shapes a reply: no other run's is ever taken for this one's.
    if (kept == then.end() && !(name == "seed" && options.seed_drawn)) continue;
    const std::string before = kept == then.end() ? "(unknown)" : kept->second;
    if (before == now || may_differ(name, before, now, options)) continue;
    found.push_back(fmt::format("--{}={} then, {} now{}", name, before, now, cure_of(name)));
  }
  return found;
}

std::vector<std::string> lost_values(const JournalMeta& then, const JournalMeta& now) {
  std::vector<std::string> lost;
  for (const auto& [name, value] : now) {
    if (!then.contains(name)) lost.push_back("--" + name);
  }
  return lost;
}

}  // namespace synthv1
