// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/base/json_value.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace synthv1::json {

/// One operation of a repair.
struct Repair {
  std::string_view name;   ///< a name of repair_kinds(), such as "trailing_comma"
  std::size_t offset = 0;  ///< where, in bytes of the text given to repair()
  bool lossy = false;      ///< content was dropped, closed or guessed
};

/// A row of the table of repairs.
struct RepairKind {
  std::string_view name;
  bool lossy = false;
  std::string_view meaning;  ///< one clause: "a comma before a closing bracket is dropped"
};

/// Every repair that there is, lossless ones first (docs/formats/repair.md says more).
std::span<const RepairKind> repair_kinds();

/// What a malformed text was taken to mean.
struct RepairOutcome {
  Value value;
  std::vector<Repair> repairs;  ///< in the order they were made; empty when the text was JSON already

  /// Whether any of the repairs is.
  bool lossy() const;
};

struct RepairLimits {
  std::size_t bytes = 64u << 20;  ///< longer texts are refused
  std::size_t repairs = 100'000;  ///< texts that need more are refused
};

/// Reads a model's reply that ought to be JSON. JSON is read as it is and never changed, but for a text that
/// is one string holding an array or an object, which is unwrapped. Out of other texts comes the last whole
/// object (the last array, where there is none) after `</think>`, repaired: write(value) is strict JSON and
/// needs no repair. Errors (ErrorKind::faulty): no array or object is found, only a beginning that holds
/// nothing whole, more than kMaxDepth levels, a limit. Linear in the length of the text.
Result<RepairOutcome> repair(std::string_view text, const RepairLimits& limits = {});

}  // namespace synthv1::json
