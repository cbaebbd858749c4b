// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace synthv1 {

/// What a currency's sign or word says of the number beside it.
enum class Currency : std::uint8_t {
  none,
  own,      ///< the yuan, or the dollar, which stands for it
  foreign,  ///< any other
  yuan,     ///< 元, 块: smaller units may follow
  jiao,     ///< 1/10: 角, 毛
  cents,    ///< 1/100: cents, 分钱
};

/// A sign or word of a currency and the bytes that it takes.
struct CurrencyMark {
  Currency currency = Currency::none;
  std::size_t size = 0;
};

/// The mark that `text` (folded, small letters) begins with or, before a number, ends with.
CurrencyMark currency_behind(std::string_view text);
CurrencyMark currency_before(std::string_view text);

/// What follows 元 or 块 without a point: "5角5分", "5毛", "5", "50", "半"; in 1/100.
struct SmallChange {
  std::size_t size = 0;
  std::int64_t minor = 0;
};
SmallChange small_change(std::string_view text);

}  // namespace synthv1
