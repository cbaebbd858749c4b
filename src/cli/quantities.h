// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace synthv1::cli {

/// "1:02:03", or "2:03" below an hour; rounded to seconds.
std::string duration_text(double seconds);

/// "12.3/s", or what is a small number otherwise: "4.0/min", "0.5/h".
std::string rate_text(double per_second);

/// "1,234,567", "-12".
std::string count_text(std::uint64_t count);
std::string count_text(std::int64_t count);

}  // namespace synthv1::cli
