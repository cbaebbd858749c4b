// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"

#include <string>
#include <string_view>

namespace synthv1::test {

/// A record of four sessions, nine transactions and ten questions, written by hand: right in every respect.
extern const std::string_view kSmallRecord;

/// The same, parsed.
json::Value small_record();

/// The value at a path: "questions[4].spec.range.start". There must be one.
json::Value& at(json::Value& record, std::string_view path);

/// Takes the value at a path out of its object or array.
void remove(json::Value& record, std::string_view path);

/// Replaces a part of the text at a path, which holds it.
void replace_text(json::Value& record, std::string_view path, std::string_view from, std::string_view to);

}  // namespace synthv1::test
