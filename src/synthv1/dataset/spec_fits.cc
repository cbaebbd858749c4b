// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/spec_fits.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

std::string count_misfit(std::size_t count, std::size_t fewest, std::size_t most, std::string_view what) {
  if (count >= fewest && count <= most) return {};
  if (most == 0) return fmt::format("is not filtered by {}", what);
  return fmt::format("is filtered by {} to {} {}, not {}", fewest, most, what, count);
}

std::string filter_misfit(bool set, bool needed, bool allowed, std::string_view what) {
  if (set && !allowed) return fmt::format("is not filtered by a {}", what);
  if (!set && needed) return fmt::format("needs a {}", what);
  return {};
}

}  // namespace

std::string spec_misfit(const QuestionSpec& spec, const QuestionType& type) {
  if (spec.select != type.select) {
    return fmt::format("selects {}, not {}", kSelectNames[static_cast<std::size_t>(type.select)],
                       kSelectNames[static_cast<std::size_t>(spec.select)]);
  }
  if (spec.select == Select::argmax && (spec.by != type.by || spec.of != type.of)) {
    return fmt::format("compares {} by {}", kMeasureNames[static_cast<std::size_t>(type.of)],
                       kGroupByNames[static_cast<std::size_t>(type.by)]);
  }
  std::string misfit = filter_misfit(spec.range.has_value(), type.range == FilterUse::always,
                                     type.range != FilterUse::never, "range");
  if (misfit.empty()) misfit = filter_misfit(spec.date.has_value(), type.date, type.date, "date");
  if (misfit.empty()) misfit = count_misfit(spec.scenes.size(), type.min_scenes, type.max_scenes, "scenes");
  if (misfit.empty()) {
    misfit = count_misfit(spec.subscenes.size(), type.min_subscenes, type.max_subscenes, "subscenes");
  }
  return misfit;
}

}  // namespace synthv1
