// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/range_wording.h"

#include <array>

#include <fmt/format.h>

namespace synthv1 {

namespace {

using Kinds = std::vector<std::string_view>;

constexpr unsigned kCalendarShare =
    65;  ///< percent of the ranges that have a calendar name and are called by it

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 4> kOrdinals = {"first", "second", "third", "fourth"};
constexpr std::array<std::string_view, 4> kChineseOrdinals = {"一", "二", "三", "四"};
constexpr std::array<std::string_view, 2> kChineseHalves = {"上", "下"};

bool whole_months(DateRange range) {
  return range.first.day() == 1 && range.last == month_of(range.last).last &&
         range.first.year() == range.last.year();
}

bool is_half(DateRange range) {
  return whole_months(range) && range.last.month() == range.first.month() + 5 && range.first.month() % 6 == 1;
}

void append_number(std::string& text, unsigned number) {
  const fmt::format_int digits(number);
  text.append(digits.data(), digits.size());
}

void append_month(std::string& text, unsigned month, Language language) {
  if (language == Language::chinese) return append_number(text, month);
  text.append(kMonths[month - 1]);
}

void append_day(std::string& text, Date date, Language language) {
  const bool chinese = language == Language::chinese;
  append_month(text, date.month(), language);
  text.append(chinese ? "月" : " ");
  append_number(text, date.day());
  if (chinese) text.append("日");
}

void append_written(std::string& text, Date date, Language language) {
  const bool chinese = language == Language::chinese;
  if (chinese) append_number(text, static_cast<unsigned>(date.year())), text.append("年");
  append_day(text, date, language);
  if (!chinese) text.append(", "), append_number(text, static_cast<unsigned>(date.year()));
}

std::string_view ordinal_text(DateRange range, Language language) {
  const bool chinese = language == Language::chinese;
  if (is_half(range)) {
    const unsigned half = range.first.month() / 6;
    return chinese ? kChineseHalves[half] : kOrdinals[half];
  }
  const unsigned quarter = (range.first.month() - 1) / 3;
  return chinese ? kChineseOrdinals[quarter] : kOrdinals[quarter];
}

/// What stands for a place; nothing for one that ranges do not have.
void append_place(std::string& text, std::string_view name, DateRange range, Language language) {
  if (name == "start") return append_date(text, range.first);
  if (name == "end") return append_date(text, range.last);
  if (name == "start_written") return append_written(text, range.first, language);
  if (name == "end_written") return append_written(text, range.last, language);
  if (name == "start_day") return append_day(text, range.first, language);
  if (name == "end_day") return append_day(text, range.last, language);
  if (name == "end_number") return append_number(text, range.last.day());
  if (name == "month") return append_month(text, range.first.month(), language);
  if (name == "end_month") return append_month(text, range.last.month(), language);
  if (name == "year") return append_number(text, static_cast<unsigned>(range.first.year()));
  if (name == "quarter") return append_number(text, (range.first.month() + 2) / 3);
  if (name == "ordinal") text.append(ordinal_text(range, language));
}

/// The n-th wording over all kinds, or how many there are.
struct Pool {
  std::array<const std::vector<std::string>*, 6> lists{};
  std::size_t count = 0;
  std::size_t wordings = 0;
};

Pool pool_of(const Kinds& kinds, Language language, const Catalogue& catalogue) {
  const auto& all = catalogue.range_wordings[static_cast<std::size_t>(language)];
  Pool pool;
  for (const std::string_view kind : kinds) {
    const auto found = all.find(kind);
    if (found == all.end() || found->second.empty()) continue;
    pool.lists[pool.count++] = &found->second;
    pool.wordings += found->second.size();
  }
  return pool;
}

std::string_view wording_at(const Pool& pool, std::size_t index) {
  for (std::size_t i = 0; i < pool.count; ++i) {
    if (index < pool.lists[i]->size()) return (*pool.lists[i])[index];
    index -= pool.lists[i]->size();
  }
  return {};
}

std::string draw_from(const Pool& pool, DateRange range, Language language, RandomStream& random) {
  return fill_range(wording_at(pool, random.below(pool.wordings)), range, language);
}

}  // namespace

Kinds calendar_kinds(DateRange range) {
  if (range == week_of(range.first)) {
    return range.first.year() == range.last.year() ? Kinds{"week", "same_year_week"} : Kinds{"week"};
  }
  if (!whole_months(range)) return {};
  const unsigned months = range.last.month() - range.first.month() + 1;
  if (months == 1) return {"month"};
  if (months == 12) return {"year"};
  if (is_half(range)) return {"half", "months"};
  if (range == quarter_of(range.first)) return {"quarter", "months"};
  return {"months"};
}

Kinds explicit_kinds(DateRange range) {
  if (range.first.year() != range.last.year()) return {"explicit"};
  if (range.first.month() != range.last.month()) return {"explicit", "same_year"};
  return {"explicit", "same_year", "same_month"};
}

std::string fill_range(std::string_view wording, DateRange range, Language language) {
  std::string text;
  text.reserve(wording.size() + 32);
  while (!wording.empty()) {
    const std::size_t open = wording.find('{');
    text.append(wording.substr(0, open));
    const std::size_t close = wording.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    append_place(text, wording.substr(open + 1, close - open - 1), range, language);
    wording.remove_prefix(close + 1);
  }
  return text;
}

std::string draw_range(DateRange range, Language language, const Catalogue& catalogue, RandomStream& random) {
  const Pool calendar = pool_of(calendar_kinds(range), language, catalogue);
  if (calendar.wordings > 0 && random.chance(kCalendarShare))
    return draw_from(calendar, range, language, random);
  const Pool ends = pool_of(explicit_kinds(range), language, catalogue);
  if (ends.wordings > 0) return draw_from(ends, range, language, random);
  return fill_range(language == Language::chinese ? "从{start}到{end}" : "from {start} to {end}", range,
                    language);
}

std::string draw_date(Date date, Language language, const Catalogue& catalogue, RandomStream& random) {
  const DateRange day{date, date};
  const Pool pool = pool_of({"date"}, language, catalogue);
  return pool.wordings > 0 ? draw_from(pool, day, language, random) : format_date(date);
}

}  // namespace synthv1
