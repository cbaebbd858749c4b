// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string_view>

namespace synthv1::cli {

/// To standard output, as it stands.
inline void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace synthv1::cli
