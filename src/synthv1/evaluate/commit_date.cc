// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"
#include "synthv1/evaluate/commitment.h"
#include "synthv1/evaluate/dates_in_answer.h"
#include "synthv1/evaluate/hedges.h"
#include "synthv1/evaluate/stance.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace synthv1 {

namespace {

/// A date as it would be stored, and where it stands.
struct NamedDate {
  Span span;
  std::string value;
  std::string other;  ///< the other reading of an ambiguous one; else empty
};

const PhraseSet& range_links() {
  static const PhraseSet links = {"to", "until", "till", "through", "thru", "-",
                                  "~",  "and",   "到",   "至",      "和",   "与"};
  return links;
}

const PhraseSet& range_openings() {
  static const PhraseSet openings = {"between", "from", "在", "从", "自", "由"};
  return openings;
}

/// Whether two dates that follow each other are the ends of a range. "and" and 和 need an opening before.
bool is_range(std::string_view text, const DateInAnswer& first, const DateInAnswer& second) {
  const std::string_view link = trim(text.substr(first.span.end, second.span.begin - first.span.end));
  if (link.empty() || range_links().match_at(link, 0) != link.size()) return false;
  if (link != "and" && link != "和" && link != "与") return true;
  std::string_view before = text.substr(0, first.span.begin);
  while (before.ends_with(' ')) before.remove_suffix(1);
  return range_openings().match_end(before) > 0;
}

std::string day_text(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  return date.ok() ? fmt::format("{:04}-{:02}-{:02}", year, month, day) : std::string();
}

/// The dates that `named` makes values of, without the ends of ranges.
template <class Named>
std::vector<NamedDate> dates_named(const AnswerText& answer, const Named& named) {
  const std::vector<DateInAnswer> dates = dates_in_answer(answer);
  std::vector<NamedDate> values;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (dates[i].range) continue;
    if (i + 1 < dates.size() && is_range(answer.lower, dates[i], dates[i + 1])) {
      ++i;
      continue;
    }
    if (NamedDate value = named(dates[i]); !value.value.empty()) values.push_back(std::move(value));
  }
  return values;
}

/// Settles 01/02/2024 by what else is said; false where nothing does.
bool settle_ambiguous(std::vector<NamedDate>& dates) {
  const auto plain = std::ranges::find_if(dates, [](const NamedDate& date) { return date.other.empty(); });
  for (NamedDate& date : dates) {
    if (date.other.empty()) continue;
    if (plain == dates.end() || (plain->value != date.value && plain->value != date.other)) return false;
    date.value = plain->value;
  }
  return true;
}

Commitment commit_to_dates(const AnswerText& answer, std::vector<NamedDate> dates) {
  const Stance stance = stance_of(answer.lower);
  if (stance.unsure) return {.reason = ScoreReason::abstained, .value = {}, .amount = {}};
  std::erase_if(dates, [&](const NamedDate& date) {
    return certainty_of(answer.lower, date.span) == Certainty::denied;
  });
  if (dates.empty()) {
    return {.reason = stance.absent ? ScoreReason::abstained : ScoreReason::nothing_found,
            .value = {},
            .amount = {},
            .declined = stance.declined};
  }
  const Span all{.begin = dates.front().span.begin, .end = dates.back().span.end};
  if (!settle_ambiguous(dates))
    return {.reason = ScoreReason::unreadable, .value = {}, .amount = {}, .span = all};
  bool hedged = false;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    hedged = hedged || certainty_of(answer.lower, dates[i].span) != Certainty::sure;
    const std::size_t before = i > 0 ? dates[i - 1].span.end : dates[i].span.begin;
    const bool differs = i > 0 && dates[i - 1].value != dates[i].value;
    hedged = hedged || (differs && makes_choice(answer.lower.substr(before, dates[i].span.begin - before)));
  }
  const bool one =
      std::ranges::all_of(dates, [&](const NamedDate& date) { return date.value == dates[0].value; });
  if (hedged) return {.reason = ScoreReason::hedged, .value = {}, .amount = {}, .span = all};
  if (!one) return {.reason = ScoreReason::multiple, .value = {}, .amount = {}, .span = all};
  return {.reason = ScoreReason::equal, .value = dates[0].value, .amount = {}, .span = dates.back().span};
}

int year_of(std::string_view due) {
  int year = 0;
  for (const char c : due.substr(0, 4)) year = is_digit(c) ? year * 10 + (c - '0') : year;
  return year;
}

}  // namespace

Commitment commit_date(const AnswerText& answer, std::string_view due) {
  const auto named = [year = year_of(due)](const DateInAnswer& date) {
    if (date.month == 0 || date.day == 0) return NamedDate{};
    const int in = date.year > 0 ? date.year : year;
    return NamedDate{.span = date.span,
                     .value = day_text(in, date.month, date.day),
                     .other = date.ambiguous ? day_text(in, date.day, date.month) : std::string()};
  };
  return commit_to_dates(answer, dates_named(answer, named));
}

Commitment commit_month(const AnswerText& answer, std::string_view due) {
  const auto named = [year = year_of(due)](const DateInAnswer& date) {
    if (date.month == 0 || date.day > 0) return NamedDate{};
    const std::string value = day_text(date.year > 0 ? date.year : year, date.month, 1);
    return NamedDate{.span = date.span, .value = value.substr(0, value.empty() ? 0 : 7), .other = {}};
  };
  return commit_to_dates(answer, dates_named(answer, named));
}

}  // namespace synthv1
