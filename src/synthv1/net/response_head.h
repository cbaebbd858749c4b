// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <expected>
#include <string>
#include <string_view>

namespace synthv1::net {

/// A status line with its headers.
struct ResponseHead {
  unsigned status = 0;
  std::vector<Header> headers;
  bool keeps_alive = false;  ///< by version and Connection header; framing not considered
  bool http11 = false;
};

/// Parses a whole head, its empty line included; an error says what is wrong in a few words.
std::expected<ResponseHead, std::string> parse_response_head(std::string_view bytes);

}  // namespace synthv1::net
