// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"

#include <optional>
#include <string>
#include <string_view>

namespace synthv1 {

/// An error as an endpoint states it. Servers have many shapes for it (endpoints.md, 1.3 and 2).
struct EndpointError {
  std::string message;  ///< valid UTF-8, perhaps of several lines
  std::string type;     ///< "invalid_request_error"; empty where there is none
  std::string code;     ///< as text, whatever its JSON type; empty where there is none
  std::string param;    ///< what it is about: "response_format"

  /// `code` where it is an HTTP status, else 0.
  unsigned status() const;
};

/// The error that a body states: {"error": {...}}, {"error": "..."}, {"object": "error"}, {"detail": ...},
/// {"message": ...}. Nothing where it states none: a null error is none.
std::optional<EndpointError> find_error(const json::Value& body);

/// The error in the body of a failed response, whatever it is: JSON, a page, plain text, nothing.
EndpointError read_error(std::string_view body);

/// Is this a page for people?
bool is_html(std::string_view body);

}  // namespace synthv1
