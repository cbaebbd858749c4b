// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace synthv1 {

/// Why something failed; the command line maps each to an exit code (docs/architecture.md, "Errors").
enum class ErrorKind {
  faulty,    ///< data was found faulty (exit 1)
  usage,     ///< wrong options or unreadable input (exit 2)
  endpoint,  ///< the endpoint or the model failed (exit 3)
  budget,    ///< a budget was reached (exit 4)
  disk,      ///< reading or writing a file failed (exit 5)
  stopped,   ///< stopped by a signal (exit 130 or 143)
};

/// A failure as a value: its kind, and one line that names the thing and the cure.
struct Error {
  ErrorKind kind = ErrorKind::usage;
  std::string message;
};

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for a failed Result.
inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return std::unexpected(Error{kind, std::move(message)});
}

/// Thrown where one of our own invariants is broken: a bug, never bad input.
class BrokenInvariant : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws BrokenInvariant, with the place, unless `holds`. On in release builds too.
inline void check(bool holds, std::string_view what,
                  std::source_location where = std::source_location::current()) {
  if (holds) return;
  throw BrokenInvariant(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " +
                        std::string(what));
}

}  // namespace synthv1
