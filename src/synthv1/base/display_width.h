// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace synthv1 {

/// How many columns of a terminal `text` takes, or more where terminals differ, never fewer: Chinese and
/// emoji take two a character, combining marks none. `text` has no control characters.
std::size_t display_width(std::string_view text);

/// The front of `text` that takes at most `width` columns; no character is cut in two.
std::string_view cut_to_width(std::string_view text, std::size_t width);

}  // namespace synthv1
