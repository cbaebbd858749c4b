// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_parse.h"

#include "synthv1/base/find_byte.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

namespace synthv1::json {
namespace {

using Fault = boost::json::error_code;
using Piece = boost::json::string_view;

/// What Boost's parser reports to: builds the value, or hands out the elements of the outermost array one by
/// one.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  explicit TreeBuilder(bool by_element) : by_element_(by_element) {}

  /// Values that are whole: the root, or elements so far.
  std::deque<Value>& whole() { return whole_; }
  /// What our own rules found wrong; empty when the parser found it.
  const std::string& complaint() const { return complaint_; }

  bool on_document_begin(Fault&) { return true; }
  bool on_document_end(Fault&) { return true; }
  bool on_array_begin(Fault&) { return open(Value::array()); }
  bool on_object_begin(Fault&) { return open(Value::object()); }
  bool on_array_end(std::size_t, Fault&) { return close(); }
  bool on_object_end(std::size_t, Fault& fault) {
    const std::string* twice = find_duplicate_key(*open_.back().container.as_object());
    if (!twice) return close();
    return refuse(fmt::format("the key \"{}\" stands twice in an object", one_line(*twice)), fault);
  }
  bool on_key_part(Piece piece, std::size_t, Fault&) { return gather(piece); }
  bool on_key(Piece piece, std::size_t, Fault& fault) {
    open_.back().key = whole_text(piece);
    return valid_utf8(open_.back().key) || refuse("invalid UTF-8 in a key", fault);
  }
  bool on_string_part(Piece piece, std::size_t, Fault&) { return gather(piece); }
  bool on_string(Piece piece, std::size_t, Fault& fault) {
    std::string text = whole_text(piece);
    if (!valid_utf8(text)) return refuse("invalid UTF-8 in a string", fault);
    return add(Value::string(std::move(text)));
  }
  bool on_number_part(Piece piece, Fault&) { return gather(piece); }
  bool on_int64(std::int64_t, Piece piece, Fault&) { return add(Value::number(whole_text(piece))); }
  bool on_uint64(std::uint64_t, Piece piece, Fault&) { return add(Value::number(whole_text(piece))); }
  bool on_double(double, Piece piece, Fault&) { return add(Value::number(whole_text(piece))); }
  bool on_bool(bool value, Fault&) { return add(Value::boolean(value)); }
  bool on_null(Fault&) { return add(Value()); }
  bool on_comment_part(Piece, Fault&) { return true; }
  bool on_comment(Piece, Fault&) { return true; }

 private:
  struct Open {
    Value container;
    std::string key;  ///< of the member being read
  };

  bool refuse(std::string complaint, Fault& fault) {
    complaint_ = std::move(complaint);
    fault = boost::json::error::syntax;
    return false;
  }

  bool gather(Piece piece) {
    text_.append(piece.data(), piece.size());
    return true;
  }

  std::string whole_text(Piece piece) {
    if (text_.empty()) return std::string(piece.data(), piece.size());
    gather(piece);
    return std::exchange(text_, {});
  }

  bool open(Value&& container) {
    open_.push_back({std::move(container), {}});
    return true;
  }

  bool close() {
    Value container = std::move(open_.back().container);
    open_.pop_back();
    if (by_element_ && open_.empty() && container.is_array()) return true;
    return add(std::move(container));
  }

  /// Most arrays and objects of ours hold several values: their memory grows from that size on.
  static void make_room(auto& values) {
    if (values.size() == values.capacity()) values.reserve(std::max(kFewValues, 2 * values.capacity()));
  }

  bool add(Value&& value) {
    if (open_.empty()) {
      whole_.push_back(std::move(value));
      return true;
    }
    Open& parent = open_.back();
    Value::Array* elements = parent.container.as_array();
    if (!elements) {
      Value::Object& members = *parent.container.as_object();
      make_room(members);
      members.push_back({std::move(parent.key), std::move(value)});
    } else if (by_element_ && open_.size() == 1) {
      whole_.push_back(std::move(value));
    } else {
      make_room(*elements);
      elements->push_back(std::move(value));
    }
    return true;
  }

  static constexpr std::size_t kFewValues = 4;

  bool by_element_;
  std::vector<Open> open_;
  std::string text_;  ///< the parts so far of a key, string or number that comes in several
  std::deque<Value> whole_;
  std::string complaint_;
};

std::string reason(const Fault& fault, std::string_view text, std::size_t offset) {
  using boost::json::error;
  if (fault == error::incomplete) return "the text ends before the value does";
  if (fault == error::extra_data) return "more text stands after the value";
  if (fault == error::too_deep) return fmt::format("more than {} levels of arrays and objects", kMaxDepth);
  if (fault == error::illegal_leading_surrogate || fault == error::illegal_trailing_surrogate ||
      fault == error::expected_utf16_escape) {
    return "a \\u escape is half of a surrogate pair";
  }
  if (fault == error::expected_hex_digit) return "a \\u escape needs four hexadecimal digits";
  if (fault == error::exponent_overflow) return "the exponent of a number is too large";
  const std::string_view rest = text.substr(offset);
  if (rest.empty()) return "unexpected end";
  if (rest.starts_with("\xEF\xBB\xBF")) return "a byte order mark; save the text without one";
  if (rest[0] >= ' ' && rest[0] <= '~') return fmt::format("unexpected '{}'", rest[0]);
  const auto byte = static_cast<unsigned char>(rest[0]);
  if (byte < ' ') return fmt::format("a control character (0x{:02x}) that a string must escape", byte);
  return fmt::format("unexpected byte 0x{:02x}", byte);
}

/// The place `offset` bytes into `text`, which begins at `start`.
ParseError place_in(std::string_view text, std::size_t offset, const ParseError& start) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t lines = count_byte(before, '\n');
  const std::size_t column = lines == 0 ? start.column + offset : offset - before.rfind('\n');
  return {start.offset + offset, start.line + lines, column, {}};
}

/// One document, given in pieces until it is whole or faulty.
class Document {
 public:
  explicit Document(bool by_element) : parser_(options(), by_element) {}

  std::deque<Value>& whole() { return parser_.handler().whole(); }

  /// What is wrong with the piece, if anything is; nothing may be given after that.
  std::optional<ParseError> give(std::string_view piece, bool last) {
    Fault fault;
    const std::size_t used =
        std::min(parser_.write_some(!last, piece.data(), piece.size(), fault), piece.size());
    if (!fault && used < piece.size()) fault = boost::json::error::extra_data;
    if (fault) return error(piece, used, fault);
    if (!last) start_ = place_in(piece, piece.size(), start_);
    return std::nullopt;
  }

 private:
  static boost::json::parse_options options() {
    boost::json::parse_options options;
    options.max_depth = kMaxDepth;
    options.allow_invalid_utf8 = true;  // TreeBuilder checks whole strings, at twice the speed
    return options;
  }

  ParseError error(std::string_view piece, std::size_t used, const Fault& fault) {
    const std::string& complaint = parser_.handler().complaint();
    ParseError error = place_in(piece, used, start_);
    error.message = complaint.empty() ? reason(fault, piece, used) : complaint;
    return error;
  }

  boost::json::basic_parser<TreeBuilder> parser_;
  ParseError start_;  ///< where the next piece begins
};

bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_blank(std::string_view text) { return std::ranges::all_of(text, is_json_space); }

}  // namespace

std::string ParseError::describe() const {
  return fmt::format("line {}, column {}: {}", line, column, message);
}

std::expected<Value, ParseError> parse(std::string_view text) {
  Document document(/*by_element=*/false);
  if (std::optional<ParseError> error = document.give(text, /*last=*/true)) return std::unexpected(*error);
  return std::move(document.whole().front());
}

/// Bytes gather in `buffer_` until they make a line (lines) or show the layout (automatic); a document takes
/// them at once.
class RecordReader::Source {
 public:
  explicit Source(Layout layout) : layout_(layout) {}

  void feed(std::string_view bytes) {
    if (ended_) return;
    if (layout_ == Layout::document) return give(bytes, false);
    buffer_.erase(0, std::exchange(taken_, 0));
    buffer_ += bytes;
    if (layout_ == Layout::automatic) settle_layout();
  }

  void finish() {
    finished_ = true;
    if (layout_ == Layout::automatic) settle_layout();
    if (layout_ == Layout::document && !ended_) give({}, true);
  }

  std::optional<std::expected<Record, ParseError>> next() {
    if (layout_ == Layout::lines) return next_line();
    if (!document_.whole().empty()) {
      Record record{std::move(document_.whole().front()), index_++, 0};
      document_.whole().pop_front();
      return record;
    }
    if (!error_) return std::nullopt;
    return std::unexpected(*std::exchange(error_, std::nullopt));
  }

 private:
  void give(std::string_view bytes, bool last) {
    error_ = document_.give(bytes, last);
    ended_ = last || error_.has_value();
  }

  /// Once enough bytes have come: '[' first makes a document; so does a first line that is no whole value.
  void settle_layout() {
    const auto first = std::ranges::find_if_not(buffer_, is_json_space);
    if (first == buffer_.end()) {
      if (finished_) become_document();
      return;
    }
    if (*first == '[') return become_document();
    const auto line_end = std::find(first, buffer_.end(), '\n');
    if (line_end == buffer_.end() && !finished_) return;
    if (!parse(std::string_view(first, line_end))) return become_document();
    layout_ = Layout::lines;
  }

  void become_document() {
    layout_ = Layout::document;
    give(buffer_, false);
    buffer_ = {};
  }

  std::optional<std::expected<Record, ParseError>> next_line() {
    while (std::optional<std::string_view> line = take_line()) {
      ++line_;
      const std::size_t offset = std::exchange(offset_, offset_ + line->size() + 1);
      if (is_blank(*line)) continue;
      std::expected<Value, ParseError> value = parse(*line);
      if (value) return Record{std::move(*value), index_++, line_};
      ++index_;
      value.error().line = line_;
      value.error().offset += offset;
      return std::unexpected(value.error());
    }
    return std::nullopt;
  }

  /// The next whole line; at the end of the file, what stands after the last line end.
  std::optional<std::string_view> take_line() {
    const std::string_view rest = std::string_view(buffer_).substr(taken_);
    const std::size_t end = rest.find('\n', searched_);
    if (end == std::string_view::npos && (!finished_ || rest.empty())) {
      searched_ = rest.size();
      return std::nullopt;
    }
    const std::string_view line = rest.substr(0, end);
    taken_ += std::min(line.size() + 1, rest.size());
    searched_ = 0;
    return line;
  }

  Layout layout_;
  Document document_{/*by_element=*/true};
  std::string buffer_;
  std::size_t taken_ = 0;     ///< bytes of `buffer_` that are done with
  std::size_t searched_ = 0;  ///< bytes after those that hold no line end
  std::size_t index_ = 0;
  std::size_t line_ = 0;
  std::size_t offset_ = 0;  ///< of the next line
  std::optional<ParseError> error_;
  bool finished_ = false;
  bool ended_ = false;  ///< nothing more is read
};

RecordReader::RecordReader(Layout layout) : source_(std::make_unique<Source>(layout)) {}
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

void RecordReader::feed(std::string_view bytes) { source_->feed(bytes); }
void RecordReader::finish() { source_->finish(); }
std::optional<std::expected<Record, ParseError>> RecordReader::next() { return source_->next(); }

}  // namespace synthv1::json
