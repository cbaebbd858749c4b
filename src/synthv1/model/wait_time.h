// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace synthv1 {

/// Reads a date of HTTP (RFC 9110, 5.6.7: all three forms) or of RFC 3339, fractions cut.
std::optional<std::chrono::sys_seconds> parse_header_date(std::string_view text);

/// Reads how long a server asks to wait, in any form that is met with: seconds ("2", "0.5"), a Go duration
/// ("500ms", "1h30m0s"), seconds or milliseconds since 1970, a date. Nothing for what is not a time from now
/// on within 30 days.
std::optional<std::chrono::milliseconds> parse_wait(std::string_view text, std::chrono::sys_seconds now);

/// What a response asks: retry-after-ms, else Retry-After, else the longest x-ratelimit-reset-*. Dates count
/// from the response's own Date; `now` is used where it has none.
std::optional<std::chrono::milliseconds> wait_asked(const net::HttpResponse& response,
                                                    std::chrono::sys_seconds now);

/// How long a response says that its quota is used up: the reset of an x-ratelimit-remaining-* that is 0. At
/// most ten seconds: a server that means more says so by a 429.
std::optional<std::chrono::milliseconds> quota_pause(const net::HttpResponse& response,
                                                     std::chrono::sys_seconds now);

}  // namespace synthv1
