// SPDX-License-Identifier: Apache-2.0
// What is formatted parses to the same value, whatever parses is its own value exactly, and nothing is ever
// rounded.
#include "synthv1/ledger/date.h"
#include "synthv1/ledger/mentions.h"
#include "synthv1/ledger/money.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

using namespace synthv1;

namespace {

/// The amounts that can be read: 15 digits before the point.
constexpr std::int64_t kMostMinor = 99'999'999'999'999'999;

void check_reads_back(Money money) {
  const std::string text = format_money(money);
  const Result<Money> again = Money::parse(text);
  check(again && *again == money, "an amount reads as it was written");
  std::string number;
  append_json_number(number, money);
  const Result<Money> from_number = Money::parse_json_number(number);
  check(from_number && *from_number == money, "a JSON number reads as it was written");
  check(number.size() <= text.size(), "the JSON number is the shorter form");
}

/// A decimal text without the zeros that do not count: "-0045.500" is "-45.5".
std::string plain(std::string_view text) {
  std::string sign;
  if (text.starts_with('-')) sign = "-", text.remove_prefix(1);
  std::string body(text);
  if (body.find('.') != std::string::npos) {
    while (body.ends_with('0')) body.pop_back();
    if (body.ends_with('.')) body.pop_back();
  }
  body.erase(0, std::min(body.find_first_not_of('0'), body.size()));
  if (body.empty() || body.starts_with('.')) body.insert(0, 1, '0');
  return body == "0" ? body : sign + body;
}

void check_text(std::string_view text) {
  if (const Result<Money> money = Money::parse(text)) {
    check_reads_back(*money);
    check(plain(text) == plain(format_money(*money)), "an amount is read digit by digit");
  }
  if (const Result<Money> money = Money::parse_json_number(text)) check_reads_back(*money);
  if (const Result<Date> date = Date::parse(text))
    check(format_date(*date) == text, "a date is written as it was read");
}

void check_mentions(std::string_view text) {
  std::size_t end = 0;
  for (const NumberMention& mention : scan_mentions(text).numbers) {
    check(mention.offset >= end && mention.length > 0, "numbers follow each other");
    end = mention.offset + mention.length;
    check(end <= text.size(), "a number lies within the text");
    const Result<Money> money = Money::parse(text.substr(mention.offset, mention.length));
    check(!money || mention.value == *money || mention.value == Money{},
          "a number is read exactly or not at all");
  }
  for (const DateMention& mention : scan_dates(text)) {
    check(mention.length > 0 && mention.offset + mention.length <= text.size(),
          "a date lies within the text");
    check(Date::parse(format_date(mention.date)) == mention.date, "a date that is found can be written");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_text(text);
  check_mentions(text);
  std::int64_t number = 0;
  std::memcpy(&number, data, std::min(size, sizeof number));
  check_reads_back(Money::from_minor(number % (kMostMinor + 1)));
  const Date date =
      Date(std::chrono::year(1) / 1 / 1) + std::chrono::days(static_cast<std::uint32_t>(number) % 3'652'059);
  check(Date::parse(format_date(date)) == date, "a date reads as it was written");
  return 0;
}
