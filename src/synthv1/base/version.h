// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace synthv1 {

/// The version of the program, as `--version` and a record's metadata say it.
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace synthv1
