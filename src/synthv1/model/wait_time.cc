// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/wait_time.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace synthv1 {

namespace {

using std::chrono::milliseconds;
using std::chrono::sys_seconds;

constexpr milliseconds kLongestQuotaPause{10'000};
constexpr double kLongestSeconds = 30.0 * 24 * 3600;

/// A number at the front of `text`, taken off it.
template <class Number>
std::optional<Number> take_number(std::string_view& text) {
  Number value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<milliseconds> from_seconds(double seconds) {
  if (!std::isfinite(seconds) || seconds <= 0 || seconds > kLongestSeconds) return std::nullopt;
  return milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

struct Unit {
  std::string_view name;
  double seconds;
};
// "ms" stands before "m", or "500ms" would be 500 minutes.
constexpr std::array<Unit, 7> kUnits = {
    {{"ms", 1e-3}, {"us", 1e-6}, {"µs", 1e-6}, {"ns", 1e-9}, {"h", 3600}, {"m", 60}, {"s", 1}}};

std::optional<double> parse_duration(std::string_view text) {
  double seconds = 0;
  while (!text.empty()) {
    const auto number = is_digit(text.front()) ? take_number<double>(text) : std::nullopt;
    if (!number) return std::nullopt;
    const auto unit =
        std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return text.starts_with(u.name); });
    if (unit == kUnits.end()) return std::nullopt;
    text.remove_prefix(unit->name.size());
    seconds += *number * unit->seconds;
  }
  return seconds;
}

std::optional<milliseconds> from_number(double number, sys_seconds now) {
  const auto now_seconds = static_cast<double>(now.time_since_epoch().count());
  if (number > 1e12) return from_seconds(number / 1000 - now_seconds);
  if (number > 1e9) return from_seconds(number - now_seconds);
  return from_seconds(number);
}

/// The parts of a date, in whatever order they stood.
struct DateParts {
  int year = -1, day = -1;
  unsigned month = 0;
  std::chrono::seconds time{-1};
};

constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";

unsigned month_named(std::string_view word) {
  if (word.size() < 3) return 0;
  const std::size_t place = kMonths.find(lower_ascii(word.substr(0, 3)));
  return place == std::string_view::npos || place % 3 != 0 ? 0 : static_cast<unsigned>(place / 3 + 1);
}

/// "08:49:37", with or without a fraction of the second.
std::optional<std::chrono::seconds> parse_time(std::string_view text) {
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0 && !text.starts_with(':')) return std::nullopt;
    if (i != 0) text.remove_prefix(1);
    const auto part = take_number<int>(text);
    if (!part || *part < 0 || *part > (i == 0 ? 23 : 60)) return std::nullopt;
    parts[i] = *part;
  }
  return std::chrono::seconds(parts[0] * 3600 + parts[1] * 60 + parts[2]);
}

std::optional<sys_seconds> make_date(const DateParts& parts) {
  using namespace std::chrono;
  const year_month_day day{year(parts.year), month(parts.month),
                           std::chrono::day(static_cast<unsigned>(parts.day))};
  if (!day.ok() || parts.time < seconds(0)) return std::nullopt;
  return sys_days(day) + parts.time;
}

/// A two-digit year of RFC 850's form lies in 1970 to 2069.
int full_year(int year) {
  if (year >= 100) return year;
  return year < 70 ? year + 2000 : year + 1900;
}

void take_date_word(std::string_view word, DateParts& parts) {
  if (const unsigned month = month_named(word)) {
    parts.month = month;
  } else if (word.find(':') != std::string_view::npos) {
    parts.time = parse_time(word).value_or(std::chrono::seconds(-1));
  } else if (const auto number = take_number<int>(word);
             number && word.empty() && *number >= 0 && *number <= 9999) {
    (parts.day < 0 ? parts.day : parts.year) = *number;
  }
}

/// The three forms of HTTP: a day name, then day, month, year and time, or month, day, time and year.
std::optional<sys_seconds> parse_http_date(std::string_view text) {
  DateParts parts;
  std::size_t words = 0;
  while (!text.empty() && words < 8) {
    const std::size_t end = std::min(text.find_first_of(" ,-"), text.size());
    if (end != 0 && words++ != 0) take_date_word(text.substr(0, end), parts);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (parts.year < 0 || parts.day < 0 || parts.month == 0) return std::nullopt;
  parts.year = full_year(parts.year);
  return make_date(parts);
}

/// "+08:00" as seconds east.
std::optional<std::chrono::seconds> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::seconds(0);
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto east = parse_time(std::string(text.substr(1)) + ":00");
  if (!east) return std::nullopt;
  return text[0] == '-' ? -*east : *east;
}

std::optional<sys_seconds> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't'))
    return std::nullopt;
  const auto number = [](std::string_view digits) {
    const auto value = is_digit(digits.front()) ? take_number<int>(digits) : std::nullopt;
    return value && digits.empty() ? *value : -1;
  };
  const int month = number(text.substr(5, 2));
  const auto time = parse_time(text.substr(11, 8));
  std::string_view rest = text.substr(19);
  if (rest.starts_with('.'))
    rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  const auto east = parse_offset(rest);
  if (!time || !east || month < 1) return std::nullopt;
  const auto date = make_date({.year = number(text.substr(0, 4)),
                               .day = number(text.substr(8, 2)),
                               .month = static_cast<unsigned>(month),
                               .time = *time});
  if (!date) return std::nullopt;
  return *date - *east;
}

}  // namespace

std::optional<sys_seconds> parse_header_date(std::string_view text) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  return is_digit(text.front()) ? parse_rfc3339(text) : parse_http_date(text);
}

std::optional<milliseconds> parse_wait(std::string_view text, sys_seconds now) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  std::string_view rest = text;
  if (const auto number = take_number<double>(rest); number && rest.empty()) return from_number(*number, now);
  if (const auto seconds = parse_duration(text)) return from_seconds(*seconds);
  if (const auto date = parse_header_date(text)) {
    return from_seconds(static_cast<double>((*date - now).count()));
  }
  return std::nullopt;
}

std::optional<milliseconds> wait_asked(const net::HttpResponse& response, sys_seconds now) {
  now = parse_header_date(response.header("date")).value_or(now);
  std::string_view in_ms = trim(response.header("retry-after-ms"));
  if (const auto number = take_number<double>(in_ms); number && in_ms.empty()) {
    if (const auto wait = from_seconds(*number / 1000)) return wait;
  }
  if (const auto wait = parse_wait(response.header("retry-after"), now)) return wait;
  std::optional<milliseconds> longest;
  for (const std::string_view name :
       {"x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-reset", "ratelimit-reset",
        "anthropic-ratelimit-requests-reset", "anthropic-ratelimit-tokens-reset"}) {
    longest = std::max(longest, parse_wait(response.header(name), now));
  }
  return longest;
}

std::optional<milliseconds> quota_pause(const net::HttpResponse& response, sys_seconds now) {
  std::optional<milliseconds> longest;
  for (const std::string_view budget : {"requests", "tokens"}) {
    const std::string name(budget);
    if (trim(response.header("x-ratelimit-remaining-" + name)) != "0") continue;
    const sys_seconds sent = parse_header_date(response.header("date")).value_or(now);
    longest = std::max(longest, parse_wait(response.header("x-ratelimit-reset-" + name), sent));
  }
  if (!longest) return std::nullopt;
  return std::min(*longest, kLongestQuotaPause);
}

}  // namespace synthv1
