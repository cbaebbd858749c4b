// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/generate.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::uint32_t kMaxTurns = 2'000;
constexpr std::uint32_t kMaxQuestions = 1'000'000;

std::unexpected<Error> wrong(std::string message) { return fail(ErrorKind::usage, std::move(message)); }

Result<void> check_turns(const PlanOptions& plan) {
  if (plan.min_turns < 2 || plan.max_turns > kMaxTurns) {
    return wrong(fmt::format("--min_turns and --max_turns lie between 2 and {}", kMaxTurns));
  }
  if (plan.min_turns > plan.max_turns) {
    return wrong(fmt::format("--min_turns={} is more than --max_turns={}: raise the one or lower the other",
                             plan.min_turns, plan.max_turns));
  }
  return {};
}

Result<void> check_scenes(const PlanOptions& plan, const Catalogue& catalogue) {
  if (plan.min_scenes < 1) return wrong("--min_scenes is at least 1: every session has a transaction");
  if (plan.min_scenes > plan.max_scenes) {
    return wrong(fmt::format("--min_scenes={} is more than --max_scenes={}: raise the one or lower the other",
                             plan.min_scenes, plan.max_scenes));
  }
  if (plan.min_scenes > catalogue.pairs.size()) {
    return wrong(fmt::format("--min_scenes={}, but the catalogue has {} (scene, subscene) pairs",
                             plan.min_scenes, catalogue.pairs.size()));
  }
  return {};
}

Result<void> check_dates(const PlanOptions& plan) {
  if (plan.dates.first > plan.dates.last) {
    return wrong(fmt::format("--start_date={} is after --end_date={}", format_date(plan.dates.first),
                             format_date(plan.dates.last)));
  }
  const auto days = (plan.dates.last - plan.dates.first).count() + 1;
  if (plan.num_sessions < 1) return wrong("--num_sessions is at least 1");
  if (plan.num_sessions <= days) return {};
  return wrong(fmt::format(
      "--num_sessions={} does not fit into the {} {} from {} to {}: each session has a day of its own; ask "
      "for fewer sessions or widen --start_date and --end_date",
      plan.num_sessions, days, days == 1 ? "day" : "days", format_date(plan.dates.first),
      format_date(plan.dates.last)));
}

Result<void> check_numbers(const GenerateOptions& options) {
  if (options.num_records < 1) return wrong("--num_records is at least 1");
  if (options.num_questions > kMaxQuestions)
    return wrong(fmt::format("--num_questions is at most {}", kMaxQuestions));
  if (options.zero_answers.of == 0 || options.zero_answers.parts > options.zero_answers.of)
    return wrong("--zero_answers is a share between 0 and 1");
  return {};
}

Result<void> check_output(const GenerateOptions& options, Files& files) {
  const bool lines = options.out == "-" || options.out.ends_with(".jsonl");
  if (!lines && !options.out.ends_with(".json")) {
    return wrong(fmt::format("--out={}: name a file that ends in .json or .jsonl, or - for standard output",
                             options.out));
  }
  if (lines && options.layout != LayoutChoice::automatic) {
    return wrong("--layout is for .json files: JSON lines hold a record a line");
  }
  if (options.layout == LayoutChoice::object && options.num_records > 1) {
    return wrong(fmt::format("--layout=object holds one record, not {}: leave it out, or write .jsonl",
                             options.num_records));
  }
  return files.check_writable(options.out);
}

Result<void> check_wordings(const Catalogue& catalogue, Language language) {
  for (const QuestionType& type : catalogue.question_types) {
    if (!type.wording[static_cast<std::size_t>(language)].question.empty()) continue;
    const std::string_view name = kLanguageNames[static_cast<std::size_t>(language)];
    return wrong(
        fmt::format("the catalogue's question type '{}' has no wording in '{}': add {} = {{ question = "
                    "\"...\" }}",
                    type.name, name, name));
  }
  return {};
}

}  // namespace

DatasetLayout layout_of(const GenerateOptions& options) {
  if (options.out == "-" || options.out.ends_with(".jsonl")) return DatasetLayout::lines;
  if (options.layout == LayoutChoice::array) return DatasetLayout::array;
  return options.num_records > 1 ? DatasetLayout::array : DatasetLayout::object;
}

Result<void> check_run_options(const GenerateOptions& options, const Catalogue& catalogue) {
  if (auto ok = check_turns(options.plan); !ok) return ok;
  if (auto ok = check_scenes(options.plan, catalogue); !ok) return ok;
  if (auto ok = check_dates(options.plan); !ok) return ok;
  if (auto ok = check_numbers(options); !ok) return ok;
  if (auto ok = check_model_options(options); !ok) return ok;
  return check_wordings(catalogue, options.plan.language);
}

Result<void> check_options(const GenerateOptions& options, const Catalogue& catalogue, Files& files) {
  if (auto ok = check_run_options(options, catalogue); !ok) return ok;
  return check_output(options, files);
}

}  // namespace synthv1
