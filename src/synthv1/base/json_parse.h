// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace synthv1::json {

/// Arrays and objects nested more deeply than this are refused.
inline constexpr std::size_t kMaxDepth = 512;

/// Where a text stops being JSON, and why.
struct ParseError {
  std::size_t offset = 0;  ///< bytes before the fault
  std::size_t line = 1;    ///< 1-based
  std::size_t column = 1;  ///< 1-based, in bytes
  std::string message;     ///< what is wrong, without the place: "duplicate key \"id\""

  /// "line 3, column 14: duplicate key ..."
  std::string describe() const;
};

/// Reads one JSON text (RFC 8259), strictly: no byte order mark, nothing after the value but space, valid
/// UTF-8, no lone surrogate, no key twice in an object, at most kMaxDepth levels.
std::expected<Value, ParseError> parse(std::string_view text);

/// One record out of a stream of them.
struct Record {
  Value value;
  std::size_t index = 0;  ///< 0-based
  std::size_t line = 0;   ///< 1-based line of a record that is a line; 0 inside an array
};

/// Yields the records of a file one by one, given its bytes in pieces of any size; holds one record and one
/// piece. A file is an array (its elements are the records), one object, or JSON lines (blank lines are
/// skipped).
///
///     while (more bytes) { reader.feed(bytes); while (auto record = reader.next()) use(*record); }
///     reader.finish(); while (auto record = reader.next()) use(*record);
class RecordReader {
 public:
  enum class Layout {
    automatic,  ///< '[' begins an array; otherwise lines when the first line is a whole value, else one
                ///< object
    document,   ///< one array or one other value, over any number of lines
    lines,      ///< one value a line
  };

  explicit RecordReader(Layout layout = Layout::automatic);
  RecordReader(RecordReader&&) noexcept;
  RecordReader& operator=(RecordReader&&) noexcept;
  ~RecordReader();

  /// Takes the next bytes of the file. Take the records they complete out with next() before the next feed().
  void feed(std::string_view bytes);
  /// Says that the file ends here. A file without a value is an error, unless its layout is lines.
  void finish();
  /// The next whole record, or what is wrong with it; nothing when more bytes are needed or the end is
  /// reached. After a faulty line reading goes on with the next line; any other fault ends it.
  std::optional<std::expected<Record, ParseError>> next();

 private:
  class Source;
  std::unique_ptr<Source> source_;
};

}  // namespace synthv1::json
