// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/catalogue/phrases.h"

#include <string>
#include <string_view>

namespace synthv1 {

/// The bit of the tag written so ("winter"); an error names the nearest right spelling. The bits that only
/// slots set cannot be named.
Result<Tags> tag_named(std::string_view name);

struct CompiledPhrase {
  Fragment fragment;  ///< without a condition
  Tags needs = 0;     ///< the bits of the optional slots in it
};

/// Compiles one phrase, appends its operations to `code` and returns where they stand. An error names the
/// phrase and what is wrong with it: digits, a money word, an unknown slot, brackets that do not match.
Result<CompiledPhrase> compile_phrase(std::string_view text, std::string& code);

}  // namespace synthv1
