// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace synthv1 {

/// An answer as statistics compare it: without space at its ends, an amount written with a point has two
/// decimals ("45.5" is "45.50"); anything else as it stands.
std::string plain_answer(std::string_view answer);

/// Whether a plain answer is nothing: "0.00" or "0".
constexpr bool is_zero(std::string_view answer) noexcept { return answer == "0.00" || answer == "0"; }

}  // namespace synthv1
